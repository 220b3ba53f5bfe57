import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** Runs with the JDK alone: java PushTest.java. In a project, take your test framework and JSON library. */
public class PushTest {
    static final HttpClient HTTP = HttpClient.newHttpClient();
    static String url;
    static String app;

    public static void main(String[] args) throws Exception {
        Path ready = Files.createTempDirectory("push").resolve("ready.json");
        String opush = Optional.ofNullable(System.getenv("OPUSH")).orElse("opush");
        Process sandbox = new ProcessBuilder(opush, "sandbox", "run", "--ephemeral", "--quiet",
                "--listen", "127.0.0.1:0", "--ready-file", ready.toString()).inheritIO().start();
        try {
            while (!Files.exists(ready)) {
                check(sandbox.isAlive(), "the sandbox runs");
                Thread.sleep(10);
            }
            url = field(Files.readString(ready), "url");
            app = call("/_sandbox/v1/setup", """
                    {"user": "alice", "package": "com.example.shop", "click": {"activity": "com.example.shop.Order"}}""");
            anOrderOpensItsPage();
            aChannelThatTheAppNeverMadeShowsNothing();
        } finally {
            sandbox.destroy();
            sandbox.waitFor();
        }
    }

    static void anOrderOpensItsPage() throws Exception {
        String answer = send("""
                {"title": "Shipped", "content": "Your order is on its way", "channel_id": "%s", "click_action_type": 4,
                 "click_action_activity": "com.example.shop.Order", "action_parameters": "{\\"orderId\\":\\"42\\"}"}
                """.formatted(field(app, "channel_id")));
        check(answer.contains("\"code\":0"), answer);
        String message = call("/_sandbox/v1/messages/wait?user=alice&stage=shown&timeout_ms=5000", null);
        check(field(message, "title").equals("Shipped"), message);
        check(field(message, "target").equals("com.example.shop.Order"), message);
        check(message.contains("\"extras\":{\"orderId\":\"42\"}"), message);
    }

    static void aChannelThatTheAppNeverMadeShowsNothing() throws Exception {
        send("""
                {"title": "Lost", "content": "Nobody sees this", "channel_id": "no-such-channel"}""");
        String message = call("/_sandbox/v1/messages/wait?title=Lost", null);
        check(field(message, "stage").equals("dropped"), message);
        check(field(message, "reason").equals("channel-missing"), message);
    }

    /** What your own server does, here with nothing but HTTP. */
    static String send(String notification) throws Exception {
        String key = field(app, "app_key"), now = String.valueOf(System.currentTimeMillis());
        byte[] signed = (key + now + field(app, "master_secret")).getBytes(StandardCharsets.UTF_8);
        String sign = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(signed));
        String auth = call("/server/v1/auth", "app_key=" + key + "&timestamp=" + now + "&sign=" + sign);
        String message = "{\"target_type\": 2, \"target_value\": \"" + field(app, "reg_id")
                + "\", \"notification\": " + notification + "}";
        return call("/server/v1/message/notification/unicast", "auth_token=" + field(auth, "auth_token")
                + "&message=" + URLEncoder.encode(message, StandardCharsets.UTF_8));
    }

    static String call(String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
        if (body != null) {
            request.header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(body));
        }
        return HTTP.send(request.build(), BodyHandlers.ofString()).body();
    }

    static String field(String json, String name) {
        var found = Pattern.compile("\"" + name + "\":\\s*\"([^\"]*)\"").matcher(json);
        check(found.find(), name + " is in " + json);
        return found.group(1);
    }

    static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
