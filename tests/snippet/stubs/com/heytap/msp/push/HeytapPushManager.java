package com.heytap.msp.push;

import android.content.Context;
import com.heytap.msp.push.callback.ICallBackResultService;
import recorder.Recorder;

public class HeytapPushManager {
    public static ICallBackResultService callback;
    public static String regId;

    public static void init(Context context, boolean needLog) { Recorder.CALLS.add("init"); }
    public static boolean isSupportPush(Context context) { return Recorder.CALLS.add("isSupportPush"); }
    public static void register(Context context, String appKey, String appSecret, ICallBackResultService callback) {
        Recorder.CALLS.add("register " + appKey + " " + appSecret);
        HeytapPushManager.callback = callback;
    }
    public static String getRegisterID() { return regId; }
}
