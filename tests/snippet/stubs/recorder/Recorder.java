package recorder;

import java.util.ArrayList;
import java.util.List;

/** What the stubs were called with. */
public final class Recorder {
    public static final List<String> CALLS = new ArrayList<>();
    public static final List<String> LOG = new ArrayList<>();
}
