// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Debian's ejabberd, in one process: without the daemon that it is otherwise started with. */
final class Ejabberd extends XmppServer {
    private static final Path LIBRARIES = Path.of("/usr/lib/x86_64-linux-gnu");

    Ejabberd() throws IOException, InterruptedException {
        super("ejabberd");
        ready();
    }

    static boolean isInstalled() {
        return Files.isExecutable(Path.of("/usr/bin/erl")) && code() != null;
    }

    private static Path code() {
        try (Stream<Path> all = Files.list(LIBRARIES)) {
            return all.filter(path -> path.getFileName().toString().startsWith("ejabberd-"))
                    .map(path -> path.resolve("ebin"))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    void configure(Path[] certificate) throws IOException {
        String text = """
                hosts: ["chat.test"]
                loglevel: info
                listen:
                  - {port: PORT, ip: "127.0.0.1", module: ejabberd_c2s, access: c2s, shaper: none}
                  - {port: HTTP, ip: "127.0.0.1", module: ejabberd_http,
                     request_handlers: {/upload: mod_http_upload, /api: mod_http_api}}
                auth_method: internal
                auth_password_format: scram
                acl: {local: {user_regexp: ""}}
                access_rules: {local: {allow: local}, c2s: {allow: all}}
                api_permissions: {test: {from: mod_http_api, who: {ip: "127.0.0.1/8"}, what: register}}
                modules:
                  mod_http_api: {}
                  mod_disco: {}
                  mod_roster: {}
                  mod_ping: {}
                  mod_offline: {}
                  mod_stream_mgmt: {resend_on_timeout: true}
                  mod_carboncopy: {}
                  mod_mam: {default: never}
                  mod_http_upload: {put_url: "http://127.0.0.1:HTTP/upload", docroot: "ROOT/up"}
                """;
        Files.createDirectories(root.resolve("spool"));
        Files.createDirectories(root.resolve("up"));
        Files.writeString(
                root.resolve("ejabberd.yml"),
                text.replace("ROOT", root.toString())
                        .replace("PORT", String.valueOf(port))
                        .replace("HTTP", String.valueOf(http)));
    }

    @Override
    List<String> command() {
        return List.of(
                "/usr/bin/erl",
                "-noinput",
                "-pa",
                String.valueOf(code()),
                "-mnesia",
                "dir",
                "\"" + root.resolve("spool") + "\"",
                "-s",
                "ejabberd");
    }

    @Override
    Map<String, String> environment() {
        return Map.of(
                "HOME",
                root.toString(),
                "EJABBERD_CONFIG_PATH",
                root.resolve("ejabberd.yml").toString(),
                "EJABBERD_LOG_PATH",
                root.resolve("ejabberd.log").toString(),
                "SPOOL_DIR",
                root.resolve("spool").toString(),
                "ERL_LIBS",
                LIBRARIES.toString());
    }

    @Override
    void ready() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        for (String user : USERS) {
            String body = "{\"user\":\"" + user + "\",\"host\":\"chat.test\",\"password\":\"" + PASSWORD + "\"}";
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + "/api/register"))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (!registered(client, request)) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("ejabberd registers nobody");
                }
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    /** It listens before it is ready. */
    private static boolean registered(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
