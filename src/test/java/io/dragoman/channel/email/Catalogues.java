// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The words of mail programs in all their languages, taken from Debian's packages of them: {@code apt-get download} and
 * {@code dpkg -x} into a folder. Nothing of it is kept in this project.
 *
 * @param folder where the packages are unpacked
 */
record Catalogues(Path folder) {
    private static final List<String> PACKAGES = List.of(
            "roundcube-core",
            "evolution-common",
            "kf5-messagelib-data",
            "claws-mail-i18n",
            "php-horde-imp",
            "sogo-common",
            "geary",
            "mutt");

    private static final String PHP = "(?m)^\\$labels\\['(\\w+)'\\]\\s*=\\s*(['\"])(.*?)\\2\\s*;";

    /** Unpacks what is not there yet. */
    static Catalogues in(Path folder) throws IOException, InterruptedException {
        if (!Files.exists(folder.resolve("usr"))) {
            Path packages = Files.createDirectories(folder.resolve("packages"));
            String languages = "$(apt-cache search --names-only '^thunderbird-l10n-' | cut -d' ' -f1)";
            Process process = new ProcessBuilder(
                            "sh",
                            "-ec",
                            "apt-get -q download " + String.join(" ", PACKAGES) + " " + languages
                                    + "; for deb in *.deb; do dpkg -x \"$deb\" ..; done")
                    .directory(packages.toFile())
                    .inheritIO()
                    .start();
            if (process.waitFor() != 0) {
                throw new IOException("apt-get download or dpkg failed in " + packages
                        + ": this needs Debian 12 and its package index");
            }
        }
        return new Catalogues(folder);
    }

    /** The messages of a gettext domain by language; a context and its message are parted by U+0004. */
    Map<String, Map<String, String>> gettext(String domain) throws IOException {
        Map<String, Map<String, String>> all = new TreeMap<>();
        for (Path file : files("/LC_MESSAGES/" + domain + ".mo")) {
            String language = file.getParent().getParent().getFileName().toString();
            all.put(language, messages(Files.readAllBytes(file)));
        }
        return all;
    }

    /** A GNU .mo file: two tables of lengths and offsets. */
    private static Map<String, String> messages(byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (file.getInt(0) != 0x950412de) {
            file.order(ByteOrder.BIG_ENDIAN);
        }
        Map<String, String> messages = new TreeMap<>();
        for (int i = 0; i < file.getInt(8); i++) {
            String id = string(file, file.getInt(12) + 8 * i);
            messages.put(id, string(file, file.getInt(16) + 8 * i));
        }
        return messages;
    }

    private static String string(ByteBuffer file, int entry) {
        byte[] bytes = new byte[file.getInt(entry)];
        file.get(file.getInt(entry + 4), bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Roundcube's labels by language. */
    Map<String, Map<String, String>> roundcube() throws IOException {
        Map<String, Map<String, String>> all = new TreeMap<>();
        for (Path file : files("/program/localization/", "/labels.inc")) {
            Map<String, String> labels = new TreeMap<>();
            Pattern.compile(PHP)
                    .matcher(Files.readString(file))
                    .results()
                    .forEach(found -> labels.put(found.group(1), found.group(3).replace("\\'", "'")));
            all.put(file.getParent().getFileName().toString(), labels);
        }
        return all;
    }

    /** SOGo's templates of an answer by language. */
    Map<String, String> sogo() throws IOException {
        Map<String, String> all = new TreeMap<>();
        for (Path file : files("/SOGoMail", "Reply.html")) {
            String name = file.getFileName().toString();
            all.put(name.substring(8, name.length() - 10), Files.readString(file));
        }
        return all;
    }

    /** Thunderbird's properties for writing mail by language. */
    Map<String, Map<String, String>> thunderbird() throws IOException {
        Map<String, Map<String, String>> all = new TreeMap<>();
        for (Path file : files("@thunderbird.mozilla.org.xpi")) {
            Map<String, String> properties = new TreeMap<>();
            try (ZipFile zip = new ZipFile(file.toFile())) {
                for (ZipEntry entry : Collections.list(zip.entries())) {
                    if (entry.getName().matches(".*/(composeMsgs|mime)\\.properties")) {
                        String text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                        Pattern.compile("(?m)^([\\w.]+)\\s*=\\s*(.*)$")
                                .matcher(text)
                                .results()
                                .forEach(found -> properties.put(
                                        found.group(1), found.group(2).strip()));
                    }
                }
            }
            all.put(file.getFileName().toString().replaceAll("langpack-|@.*", ""), properties);
        }
        return all;
    }

    private List<Path> files(String... parts) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> Stream.of(parts).allMatch(file.toString()::contains)
                            && file.toString().endsWith(parts[parts.length - 1]))
                    .sorted()
                    .toList();
        }
    }
}
