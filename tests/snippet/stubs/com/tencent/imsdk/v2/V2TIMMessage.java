package com.tencent.imsdk.v2;

public class V2TIMMessage {
    public static final int V2TIM_PRIORITY_DEFAULT = 0;
}
