// {{head}}
{{package}}
import android.app.Activity;
import android.content.Intent;
import android.os.Bundle;
import android.util.Log;
import java.util.LinkedHashMap;
import java.util.Map;
import org.json.JSONException;
import org.json.JSONObject;

/**
 * {{opened_by}}
 * On OPPO each key of the message's ext is an extra of its own; there is no extra named ext that holds them all.
 */
public class {{class}} extends Activity {
    private static final String TAG = "PushReceiver";

    @Override
    protected void onCreate(Bundle savedInstanceState) {
        super.onCreate(savedInstanceState);
        if (savedInstanceState == null) { // after a rotation the same Intent comes again
            onOpened(getIntent());
        }
    }

    @Override
    protected void onNewIntent(Intent intent) {
        super.onNewIntent(intent);
        setIntent(intent);
        onOpened(intent);
    }

    private void onOpened(Intent intent) {
        Map<String, String> extras = extrasOf(intent);
        if (extras.isEmpty()) {
            // The message had no ext, or it was not a notification that opened this.
            Log.i(TAG, "opened without extras");
            return;
        }
        for (Map.Entry<String, String> extra : extras.entrySet()) {
            Log.i(TAG, extra.getKey() + " = " + extra.getValue());
        }
        JSONObject entity = objectOf(extras, "entity");
        if (entity != null) {
            Log.i(TAG, "the sender is " + entity.optString("sender"));
        }
        // Go to the conversation, the order, ... here.
    }

    /** The extras as text: none, one or many. */
    static Map<String, String> extrasOf(Intent intent) {
        Map<String, String> found = new LinkedHashMap<>();
        Bundle bundle = intent == null ? null : intent.getExtras();
        if (bundle == null) {
            return found;
        }
        for (String key : bundle.keySet()) {
            // get and not getString: that gives null where the value is a number or a boolean.
            @SuppressWarnings("deprecation")
            Object value = bundle.get(key);
            if (value != null) {
                found.put(key, value.toString());
            }
        }
        return found;
    }

    /** A nested object, which arrives as its JSON text; null if there is none under that key. */
    static JSONObject objectOf(Map<String, String> extras, String key) {
        String text = extras.get(key);
        if (text == null) {
            return null;
        }
        try {
            return new JSONObject(text);
        } catch (JSONException notAnObject) {
            Log.w(TAG, key + " is not a JSON object: " + text);
            return null;
        }
    }
}
