package com.tencent.imsdk;

public class TIMMessageOfflinePushSettings {
    public void setEnabled(boolean enabled) {}
    public void setTitle(String title) {}
    public void setDescr(String descr) {}
    public void setExt(byte[] ext) {}
    public void setAndroidSettings(AndroidSettings androidSettings) {}

    public static class AndroidSettings {
        public void setOPPOChannelID(String channelID) {}
    }
}
