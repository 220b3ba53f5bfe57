// A sender with OPPO's hosts as constants: HttpURLConnection, as OPPO's own SDK has it, and the newer client for the IM server.
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;

public class Sender {
    static String post(String url, String form) throws Exception {
        HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
        connection.setDoOutput(true);
        connection.getOutputStream().write(form.getBytes("UTF-8"));
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), "UTF-8");
        }
    }

    public static void main(String[] args) throws Exception {
        String key = "sandbox-demo-app-key", now = String.valueOf(System.currentTimeMillis());
        StringBuilder sign = new StringBuilder();
        for (byte one : MessageDigest.getInstance("SHA-256").digest((key + now + "sandbox-demo-master-secret").getBytes())) {
            sign.append(String.format("%02x", one));
        }
        String auth = post("https://api.push.oppomobile.com/server/v1/auth", "app_key=" + key + "&sign=" + sign + "&timestamp=" + now);
        String token = auth.replaceAll(".*\"auth_token\":\"([^\"]*)\".*", "$1").trim();
        String message = "{\"target_type\":2,\"target_value\":\"REG_ID\",\"notification\":{\"title\":\"from Java\",\"content\":\"hello\",\"channel_id\":\"tuikit\"}}";
        String sent = post("https://api.push.oppomobile.com/server/v1/message/notification/unicast",
                "auth_token=" + URLEncoder.encode(token, "UTF-8") + "&message=" + URLEncoder.encode(message, "UTF-8"));
        if (!sent.contains("\"code\":0")) throw new IllegalStateException(sent);
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://console.tim.qq.com/v4/openim/sendmsg"))
                .POST(HttpRequest.BodyPublishers.ofString("{}")).build();
        String im = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
        if (!im.contains("FAIL")) throw new IllegalStateException(im);
        try {
            post("https://example.com/", "x=y");
            throw new IllegalStateException("another host was reached");
        } catch (java.io.IOException expected) {
            System.out.println("another host: " + expected.getMessage());
        }
    }
}
