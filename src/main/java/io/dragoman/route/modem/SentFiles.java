// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route.modem;

import io.dragoman.model.Hashes;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Which of our messages a status report is about. It has the number that the network gave the message, from 0 to 255;
 * smsd writes that number into the file in {@code sent}, and a route moves the file to {@code sent/waiting}, to a name
 * made of modem, recipient and number. A newer message with the same takes its place.
 */
record SentFiles(Path spool) {
    /** Networks tell recipients with and without the country's code. */
    private static final int DIGITS = 7;

    private static final int LONGEST = 64;

    /**
     * A file that waits for its report.
     *
     * @param places where it stands, or is moved to at this moment
     */
    record Sent(String id, List<Path> places) {
        /** Deletes it when what is made of the report is stored. */
        void forgetAfter(Exchange exchange) {
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onComplete(Exchange done) {
                    try {
                        for (Path place : places) {
                            Files.deleteIfExists(place);
                        }
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }
            });
        }
    }

    /** The name under which a file of {@code sent} waits. */
    static String name(SmsToolsFile file) {
        return name(file.get("Modem"), file.get("To"), file.get("Message_id"));
    }

    private static String name(String modem, String number, String ids) {
        String digits = number.replaceAll("[^0-9]", "");
        String id = ids.replaceAll("[^0-9 ]", "").strip(); // all ids, where messageids is 3: the last stands for all
        String last = id.substring(id.lastIndexOf(' ') + 1);
        return shorter(modem.replaceAll("[^A-Za-z0-9_-]", "_")) + "-"
                + digits.substring(Math.max(0, digits.length() - DIGITS)) + "-" + shorter(last);
    }

    /** It becomes the name of a file. */
    private static String shorter(String text) {
        return text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST / 2) + Hashes.sha256Hex(text).substring(0, LONGEST / 2);
    }

    /** Also while it stands in {@code sent}, where smsd puts it before it looks for reports. */
    Optional<Sent> find(String modem, String number, String id) throws IOException {
        String name = name(modem, number, id);
        Path waiting = spool.resolve("sent/waiting").resolve(name);
        List<Path> places = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(spool.resolve("sent"), "dragoman-*")) {
            files.forEach(places::add);
        }
        Collections.sort(places);
        Collections.reverse(places); // the newest first
        places.add(waiting);
        for (Path place : places) {
            String message = read(place, name);
            if (message != null) {
                return Optional.of(new Sent(message, List.of(place, waiting)));
            }
        }
        return Optional.empty();
    }

    /** The id of the message in a file, when the file is to have this name; null when it is not, or was moved. */
    private static @Nullable String read(Path path, String name) throws IOException {
        try {
            SmsToolsFile file = SmsToolsFile.of(RouteJson.content(path));
            return name(file).equals(name) ? file.find(SmsToolsFile.ID) : null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
