package android.os;

public class Build {
    public static final String BRAND = System.getProperty("brand");
    public static final String MANUFACTURER = System.getProperty("manufacturer");

    public static class VERSION {
        public static final int SDK_INT = Integer.getInteger("sdk");
    }

    public static class VERSION_CODES {
        public static final int O = 26;
    }
}
