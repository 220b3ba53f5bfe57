package com.tencent.imsdk;

public class TIMElem {}
