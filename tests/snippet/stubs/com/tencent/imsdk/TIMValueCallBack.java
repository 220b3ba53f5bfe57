package com.tencent.imsdk;

public interface TIMValueCallBack<T> {
    void onError(int code, String desc);
    void onSuccess(T value);
}
