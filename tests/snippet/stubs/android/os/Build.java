package android.os;

/** The fields are final in the real one. */
public class Build {
    public static String BRAND = "OPPO";
    public static String MANUFACTURER = "OPPO";

    public static class VERSION {
        public static int SDK_INT = 34;
    }

    public static class VERSION_CODES {
        public static final int O = 26;
    }
}
