package com.tencent.imsdk;

public enum TIMConversationType { Invalid, C2C, Group, System }
