package android.content;

import android.os.Bundle;

public class Intent {
    public Bundle extras;
    public Bundle getExtras() { return extras; }
}
