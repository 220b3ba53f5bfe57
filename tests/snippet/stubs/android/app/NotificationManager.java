package android.app;

import recorder.Recorder;

public class NotificationManager {
    public static final int IMPORTANCE_DEFAULT = 3;
    public void createNotificationChannel(NotificationChannel channel) { Recorder.CALLS.add("channel " + channel.id); }
}
