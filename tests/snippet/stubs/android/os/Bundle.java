package android.os;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

public final class Bundle {
    public final Map<String, Object> values = new LinkedHashMap<>();

    public Set<String> keySet() { return values.keySet(); }
    @Deprecated
    public Object get(String key) { return values.get(key); }
    public String getString(String key) { return values.get(key) instanceof String ? (String) values.get(key) : null; }
}
