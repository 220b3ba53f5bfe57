package org.json;

import java.util.Map;

public class JSONObject {
    public JSONObject(Map copyFrom) {}
    public JSONObject(String json) throws JSONException {}
    public String optString(String name) { return ""; }
}
