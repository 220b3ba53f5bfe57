package com.tencent.imsdk.v2;

public class V2TIMOfflinePushInfo {
    public void setTitle(String title) {}
    public void setDesc(String desc) {}
    public void setExt(byte[] ext) {}
    public void setAndroidOPPOChannelID(String channelID) {}
}
