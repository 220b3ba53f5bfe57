// {{head}}
{{package}}
import android.app.Activity;
import android.app.NotificationChannel;
import android.app.NotificationManager;
import android.content.Context;
import android.content.pm.PackageManager;
import android.os.Build;

/** The channel in which this app's notifications are shown. */
public final class PushChannels {
    /** The ChannelID of the certificate, letter by letter. Without this channel Android 8 and later show nothing. */
    public static final String CHANNEL_ID = {{channel_id}};

    /** What the user reads in the phone's settings; better a string resource of yours. */
    private static final String CHANNEL_NAME = "Messages";

    private PushChannels() {
    }

    /** Call it in Application.onCreate, before the first push can come. A second call changes nothing. */
    public static void create(Context context) {
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.O) {
            return; // channels exist from Android 8 on
        }
        // The first creation decides the importance: afterwards only the user can raise it.
        NotificationChannel channel =
                new NotificationChannel(CHANNEL_ID, CHANNEL_NAME, NotificationManager.IMPORTANCE_DEFAULT);
        NotificationManager manager = context.getSystemService(NotificationManager.class);
        if (manager != null) {
            manager.createNotificationChannel(channel);
        }
    }

    /** Android 13 and later show nothing until the user has allowed it; call it where the user sees why you ask. */
    public static void askForPermission(Activity activity, int requestCode) {
        String permission = "android.permission.POST_NOTIFICATIONS";
        if (Build.VERSION.SDK_INT >= 33
                && activity.checkSelfPermission(permission) != PackageManager.PERMISSION_GRANTED) {
            activity.requestPermissions(new String[] {permission}, requestCode);
        }
    }
}
