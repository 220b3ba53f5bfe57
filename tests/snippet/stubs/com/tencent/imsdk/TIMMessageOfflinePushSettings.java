package com.tencent.imsdk;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

public class TIMMessageOfflinePushSettings {
    final Map<String, String> set = new TreeMap<>();
    public void setEnabled(boolean enabled) {}
    public void setTitle(String title) { set.put("title", title); }
    public void setDescr(String descr) { set.put("desc", descr); }
    public void setExt(byte[] ext) { set.put("ext", new String(ext, StandardCharsets.UTF_8)); }
    public void setAndroidSettings(AndroidSettings androidSettings) { set.put("channel", androidSettings.channel); }

    public static class AndroidSettings {
        String channel;
        public void setOPPOChannelID(String channelID) { channel = channelID; }
    }
}
