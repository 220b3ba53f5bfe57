package com.tencent.imsdk;

public class TIMTextElem extends TIMElem {
    public void setText(String text) {}
}
