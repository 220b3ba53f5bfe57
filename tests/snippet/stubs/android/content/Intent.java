package android.content;

import android.os.Bundle;

public class Intent {
    public Bundle getExtras() { return null; }
}
