// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Debian's Prosody. */
final class Prosody extends XmppServer {
    private static final Path PROGRAM = Path.of("/usr/bin/prosody");

    Prosody() throws IOException {
        super("prosody");
    }

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    @Override
    void configure(Path[] certificate) throws IOException {
        String text = """
                pidfile = "ROOT/prosody.pid"
                data_path = "ROOT/data"
                interfaces = {"127.0.0.1"}
                c2s_ports = {PORT}
                s2s_ports = {}
                http_ports = {HTTP}
                http_interfaces = {"127.0.0.1"}
                https_ports = {}
                modules_enabled = {"saslauth", "tls", "disco", "roster", "smacks", "carbons", "mam", "ping", "offline",
                  "posix"}
                modules_disabled = {"s2s"}
                c2s_require_encryption = false
                allow_unencrypted_plain_auth = true
                authentication = "internal_plain"
                storage = "internal"
                log = {info = "ROOT/log"}
                VirtualHost "chat.test"
                  ssl = {certificate = "CERTIFICATE", key = "KEY"}
                VirtualHost "wrong.test"
                  ssl = {certificate = "CERTIFICATE", key = "KEY"}
                Component "rooms.chat.test" "muc"
                  modules_enabled = {"muc_mam"}
                  muc_log_by_default = true
                Component "files.chat.test" "http_file_share"
                  http_host = "127.0.0.1"
                  http_external_url = "http://127.0.0.1:HTTP/"
                """;
        Files.writeString(
                root.resolve("prosody.cfg.lua"),
                text.replace("ROOT", root.toString())
                        .replace("PORT", String.valueOf(port))
                        .replace("HTTP", String.valueOf(http))
                        .replace("CERTIFICATE", certificate[0].toString())
                        .replace("KEY", certificate[1].toString()));
        Path accounts = Files.createDirectories(root.resolve("data/chat%2etest/accounts"));
        for (String user : USERS) {
            Files.writeString(
                    accounts.resolve(user.replace("-", "%2d") + ".dat"),
                    "return { [\"password\"] = \"" + PASSWORD + "\"; };\n");
        }
    }

    @Override
    List<String> command() {
        return List.of(
                PROGRAM.toString(), "--config", root.resolve("prosody.cfg.lua").toString(), "-F");
    }

    @Override
    Map<String, String> environment() {
        return Map.of();
    }

    @Override
    void ready() {
        // its users stand in files
    }
}
