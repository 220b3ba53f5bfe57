package android.os;

import java.util.Set;

public final class Bundle {
    public Set<String> keySet() { return null; }
    @Deprecated
    public Object get(String key) { return null; }
    public String getString(String key) { return null; }
}
