package com.tencent.imsdk;

import recorder.Recorder;

public class TIMConversation {
    private final String peer;
    TIMConversation(String peer) { this.peer = peer; }
    public void sendMessage(TIMMessage msg, TIMValueCallBack<TIMMessage> callback) {
        Recorder.CALLS.add("send " + peer + " false " + msg.settings.set);
    }
}
