package android.app;

import android.content.Context;
import android.content.Intent;
import android.os.Bundle;
import recorder.Recorder;

public class Activity extends Context {
    protected void onCreate(Bundle savedInstanceState) {}
    protected void onNewIntent(Intent intent) {}
    public Intent getIntent() { return null; }
    public void setIntent(Intent intent) {}
    public final void requestPermissions(String[] permissions, int requestCode) {
        Recorder.CALLS.add("requestPermissions " + String.join(",", permissions) + " " + requestCode);
    }
}
