package com.tencent.imsdk;

public class TIMConversation {
    public void sendMessage(TIMMessage msg, TIMValueCallBack<TIMMessage> callback) {}
}
