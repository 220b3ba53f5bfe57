package com.tencent.imsdk;

public class TIMMessage {
    public int addElement(TIMElem element) { return 0; }
    public void setOfflinePushSettings(TIMMessageOfflinePushSettings settings) {}
}
