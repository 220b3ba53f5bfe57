package com.tencent.imsdk;

public class TIMOfflinePushToken {
    public TIMOfflinePushToken(long businessID, String token) {}
}
