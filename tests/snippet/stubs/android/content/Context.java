package android.content;

import android.app.NotificationManager;

public class Context {
    public Context getApplicationContext() { return this; }
    public final <T> T getSystemService(Class<T> serviceClass) { return serviceClass.cast(new NotificationManager()); }
    public int checkSelfPermission(String permission) { return -1; }
}
