// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.FreePort;
import io.dragoman.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Debian's Dovecot with a root, ports and a certificate of its own, on loopback and as nobody in particular. Any user
 * logs in with {@code secret}; folders stand below {@code INBOX.}, as on many servers.
 */
final class Dovecot implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/dovecot");

    final int imap = FreePort.find();
    final int imaps = FreePort.find();
    final int pop3 = FreePort.find();
    final int pop3s = FreePort.find();
    private final Path root;
    private final Path authority;
    private Process process;

    Dovecot() throws IOException, InterruptedException {
        this(null);
    }

    /** @param introspection where it asks whether an access token is good (RFC 7662); null for passwords alone */
    Dovecot(@Nullable URI introspection) throws IOException, InterruptedException {
        root = Files.createTempDirectory("dovecot");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        TestAuthority made = new TestAuthority(root, "Shop Root");
        authority = made.pem();
        Path[] certificate = made.issue("dovecot", "localhost", -1).write();
        for (String folder : List.of("run", "state", "home")) {
            Files.createDirectory(root.resolve(folder));
        }
        boolean isRoot = "root".equals(System.getProperty("user.name"));
        String user = isRoot ? "nobody" : System.getProperty("user.name");
        Files.writeString(conf(), configuration(user, certificate));
        if (introspection != null) {
            takeTokens(introspection);
        }
        if (isRoot) {
            give(user);
        }
        start();
    }

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM) && Files.isExecutable(Path.of("/usr/lib/dovecot/imap"));
    }

    /** The certificate of who issued the server's. */
    Path authority() {
        return authority;
    }

    /** Stops it and starts it again. */
    void restart() throws IOException, InterruptedException {
        stop();
        start();
    }

    void start() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("setpriv", "--reuid=nobody", "--regid=" + group("nobody"), "--clear-groups"));
        }
        command.addAll(List.of(PROGRAM.toString(), "-F", "-c", conf().toString()));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("out").toFile())
                .start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!answers()) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                throw new IOException("dovecot does not start: " + Files.readString(root.resolve("out")));
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** Ends it with every session. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), imap)) {
            socket.setSoTimeout(5_000);
            return socket.getInputStream().read() == '*';
        } catch (IOException e) {
            return false;
        }
    }

    private Path conf() {
        return root.resolve("dovecot.conf");
    }

    private void takeTokens(URI introspection) throws IOException {
        Files.writeString(root.resolve("oauth2.conf"), """
                introspection_mode = post
                introspection_url = %s
                username_attribute = username
                active_attribute = active
                active_value = true
                """.formatted(introspection));
        String tokens = """
                passdb {
                  driver = oauth2
                  mechanisms = xoauth2 oauthbearer
                  args = %s
                }
                passdb {
                  mechanisms = plain
                """.formatted(root.resolve("oauth2.conf"));
        Files.writeString(
                conf(),
                Files.readString(conf())
                        .replace("auth_mechanisms = plain", "auth_mechanisms = plain xoauth2 oauthbearer")
                        .replaceFirst("passdb \\{\n", Matcher.quoteReplacement(tokens)));
    }

    private void give(String user) throws IOException {
        UserPrincipal owner =
                root.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user);
        try (Stream<Path> all = Files.walk(root)) {
            for (Path one : all.toList()) {
                Files.setOwner(one, owner);
            }
        }
    }

    private static String group(String user) {
        try {
            Process id = new ProcessBuilder("id", "-gn", user).start();
            return new String(id.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String configuration(String user, Path[] certificate) {
        String text = """
                protocols = imap pop3
                listen = 127.0.0.1
                base_dir = ROOT/run
                state_dir = ROOT/state
                log_path = ROOT/log
                instance_name = test
                default_internal_user = USER
                default_internal_group = GROUP
                default_login_user = USER
                first_valid_uid = 1
                first_valid_gid = 0
                auth_mechanisms = plain
                disable_plaintext_auth = no
                mail_location = maildir:~/Maildir
                mailbox_list_index = no
                ssl = yes
                ssl_cert = <CERTIFICATE
                ssl_key = <KEY
                passdb {
                  driver = static
                  args = password=secret
                }
                userdb {
                  driver = static
                  args = home=ROOT/home/%u
                }
                namespace inbox {
                  inbox = yes
                  prefix = INBOX.
                  separator = .
                }
                auth_failure_delay = 0
                service anvil {
                  chroot =
                  unix_listener anvil-auth-penalty {
                    mode = 0
                  }
                }
                service imap-login {
                  chroot =
                  inet_listener imap {
                    port = IMAP
                  }
                  inet_listener imaps {
                    port = SIMAP
                    ssl = yes
                  }
                }
                service pop3-login {
                  chroot =
                  inet_listener pop3 {
                    port = POP3
                  }
                  inet_listener pop3s {
                    port = SPOP3
                    ssl = yes
                  }
                }
                """;
        Map<String, String> values = Map.of(
                "ROOT", root.toString(),
                "= USER\n", "= " + user + "\n",
                "= GROUP\n", "= " + group(user) + "\n",
                "CERTIFICATE", certificate[0].toString(),
                "<KEY", "<" + certificate[1],
                "= IMAP\n", "= " + imap + "\n",
                "= SIMAP\n", "= " + imaps + "\n",
                "= POP3\n", "= " + pop3 + "\n",
                "= SPOP3\n", "= " + pop3s + "\n");
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace(value.getKey(), value.getValue());
        }
        return text;
    }
}
