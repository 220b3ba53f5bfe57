package com.tencent.imsdk.v2;

public class V2TIMOfflinePushConfig {
    final String values;
    public V2TIMOfflinePushConfig(long businessID, String token) { values = businessID + " " + token; }
    public V2TIMOfflinePushConfig(long businessID, String token, boolean isTPNSToken) { this(businessID, token); }
}
