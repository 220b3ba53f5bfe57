package com.tencent.imsdk;

import recorder.Recorder;

public class TIMManager {
    public static TIMManager getInstance() { return new TIMManager(); }
    public TIMConversation getConversation(TIMConversationType type, String peer) { return new TIMConversation(peer); }
    public void setOfflinePushToken(TIMOfflinePushToken token, TIMCallBack callback) {
        Recorder.CALLS.add("report " + token.values);
    }
}
