package com.tencent.imsdk.v2;

public abstract class V2TIMMessageManager {
    public abstract V2TIMMessage createTextMessage(String text);
    public abstract String sendMessage(
            V2TIMMessage message,
            String receiver,
            String groupID,
            int priority,
            boolean onlineUserOnly,
            V2TIMOfflinePushInfo offlinePushInfo,
            V2TIMSendCallback<V2TIMMessage> callback);
}
