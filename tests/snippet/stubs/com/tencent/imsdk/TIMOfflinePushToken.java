package com.tencent.imsdk;

public class TIMOfflinePushToken {
    final String values;
    public TIMOfflinePushToken(long businessID, String token) { values = businessID + " " + token; }
}
