// {{head}}
{{package}}
import android.app.Activity
import android.content.Intent
import android.os.Bundle
import android.util.Log
import org.json.JSONException
import org.json.JSONObject

/**
 * {{opened_by}}
 * On OPPO each key of the message's ext is an extra of its own; there is no extra named ext that holds them all.
 */
class {{class}} : Activity() {
    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        if (savedInstanceState == null) { // after a rotation the same Intent comes again
            onOpened(intent)
        }
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        setIntent(intent)
        onOpened(intent)
    }

    private fun onOpened(intent: Intent?) {
        val extras = extrasOf(intent)
        if (extras.isEmpty()) {
            // The message had no ext, or it was not a notification that opened this.
            Log.i(TAG, "opened without extras")
            return
        }
        for ((key, value) in extras) {
            Log.i(TAG, "$key = $value")
        }
        objectOf(extras, "entity")?.let { entity ->
            Log.i(TAG, "the sender is ${entity.optString("sender")}")
        }
        // Go to the conversation, the order, ... here.
    }

    companion object {
        private const val TAG = "PushReceiver"

        /** The extras as text: none, one or many. */
        fun extrasOf(intent: Intent?): Map<String, String> {
            val bundle = intent?.extras ?: return emptyMap()
            val found = LinkedHashMap<String, String>()
            for (key in bundle.keySet()) {
                // get and not getString: that gives null where the value is a number or a boolean.
                @Suppress("DEPRECATION")
                val value: Any? = bundle.get(key)
                if (value != null) {
                    found[key] = value.toString()
                }
            }
            return found
        }

        /** A nested object, which arrives as its JSON text; null if there is none under that key. */
        fun objectOf(extras: Map<String, String>, key: String): JSONObject? {
            val text = extras[key] ?: return null
            return try {
                JSONObject(text)
            } catch (_: JSONException) {
                Log.w(TAG, "$key is not a JSON object: $text")
                null
            }
        }
    }
}
