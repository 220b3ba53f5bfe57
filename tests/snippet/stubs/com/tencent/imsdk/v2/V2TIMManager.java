package com.tencent.imsdk.v2;

import recorder.Recorder;

public abstract class V2TIMManager {
    public static V2TIMMessageManager getMessageManager() {
        return new V2TIMMessageManager() {
            @Override
            public V2TIMMessage createTextMessage(String text) { return new V2TIMMessage(); }
            @Override
            public String sendMessage(
                    V2TIMMessage message,
                    String receiver,
                    String groupID,
                    int priority,
                    boolean onlineUserOnly,
                    V2TIMOfflinePushInfo info,
                    V2TIMSendCallback<V2TIMMessage> callback) {
                Recorder.CALLS.add("send " + receiver + " " + onlineUserOnly + " " + info.set);
                return "";
            }
        };
    }

    public static V2TIMOfflinePushManager getOfflinePushManager() {
        return new V2TIMOfflinePushManager() {
            @Override
            public void setOfflinePushConfig(V2TIMOfflinePushConfig config, V2TIMCallback callback) {
                Recorder.CALLS.add("report " + config.values);
            }
        };
    }
}
