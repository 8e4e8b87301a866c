// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.email;

import io.dragoman.simulator.mail.Mail;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** An agent who reads the desk's mail with mutt, at a terminal, and answers above the quotation. */
final class Mutt {
    private static final long SECONDS = 60;

    private final Path folder;
    private final String address;

    /**
     * @param folder for its files
     * @param address of the agent
     */
    Mutt(Path folder, String address) {
        this.folder = folder;
        this.address = address;
    }

    /** Skips the test loudly where mutt, or {@code script}, which lends it a terminal, is missing. */
    static void needed() {
        for (String program : List.of("/usr/bin/mutt", "/usr/bin/script")) {
            if (!Files.isExecutable(Path.of(program))) {
                System.err.println("######## NOT TRIED WITH mutt: there is no " + program + " ########");
                Assumptions.abort("no " + program);
            }
        }
    }

    /** The mail that mutt writes when its user answers one. */
    byte[] answers(Mail mail, String text) throws IOException, InterruptedException, MessagingException {
        Files.createDirectories(folder);
        Path sent = folder.resolve("sent");
        Files.deleteIfExists(sent);
        ByteArrayOutputStream box = new ByteArrayOutputStream();
        box.writeBytes("From desk Mon Nov 30 12:00:00 2026\n".getBytes(StandardCharsets.US_ASCII));
        mail.message().writeTo(box);
        box.write('\n');
        Files.writeString(
                folder.resolve("box"),
                box.toString(StandardCharsets.ISO_8859_1).replace("\r\n", "\n"),
                StandardCharsets.ISO_8859_1);
        Path answer = Files.writeString(folder.resolve("answer"), text + "\n\n");
        Path editor = program("editor", "cat '" + answer + "' \"$1\" > \"$1.new\" && mv \"$1.new\" \"$1\"");
        Path sendmail = program("sendmail", "cat > '" + sent + ".new' && mv '" + sent + ".new' '" + sent + "'");
        Path settings =
                Files.writeString(folder.resolve("muttrc"), """
                set from="Mara <%s>" use_from=yes envelope_from=no editor="%s" sendmail="%s"
                set include=yes fast_reply=yes reply_to=yes abort_nosubject=no quit=yes wait_key=no sendmail_wait=0
                set folder="%s" record="" postponed="%s/postponed" crypt_use_gpgme=no
                """.formatted(address, editor, sendmail, folder, folder));
        String command = "env TERM=xterm LC_ALL=C.UTF-8 HOME='" + folder + "' mutt -n -F '" + settings + "' -f '"
                + folder.resolve("box") + "' -e 'push \"<reply><send-message><quit>\"'";
        Process process = new ProcessBuilder("script", "-qec", command, "/dev/null")
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || !Files.exists(sent)) {
                throw new IOException("mutt sent nothing");
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return Files.readAllBytes(sent);
    }

    private Path program(String name, String does) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + does + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
