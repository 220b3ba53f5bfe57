package com.tencent.imsdk.v2;

public class V2TIMOfflinePushConfig {
    public V2TIMOfflinePushConfig(long businessID, String token) {}
    public V2TIMOfflinePushConfig(long businessID, String token, boolean isTPNSToken) {}
}
