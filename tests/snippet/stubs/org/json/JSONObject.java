package org.json;

import java.util.Map;

/** Writes no JSON and reads none; it tells an object from something else by its first character. */
public class JSONObject {
    private final String text;
    public JSONObject(Map copyFrom) { text = copyFrom.toString(); }
    public JSONObject(String json) throws JSONException {
        if (!json.startsWith("{")) {
            throw new JSONException();
        }
        text = json;
    }
    public String optString(String name) { return ""; }
    @Override
    public String toString() { return text; }
}
