package com.tencent.imsdk;

public class TIMMessage {
    TIMMessageOfflinePushSettings settings;
    public int addElement(TIMElem element) { return 0; }
    public void setOfflinePushSettings(TIMMessageOfflinePushSettings settings) { this.settings = settings; }
}
