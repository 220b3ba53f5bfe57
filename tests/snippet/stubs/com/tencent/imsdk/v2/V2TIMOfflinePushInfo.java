package com.tencent.imsdk.v2;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

public class V2TIMOfflinePushInfo {
    final Map<String, String> set = new TreeMap<>();
    public void setTitle(String title) { set.put("title", title); }
    public void setDesc(String desc) { set.put("desc", desc); }
    public void setExt(byte[] ext) { set.put("ext", new String(ext, StandardCharsets.UTF_8)); }
    public void setAndroidOPPOChannelID(String channelID) { set.put("channel", channelID); }
}
