// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The whole tables of the languages of India and Pakistan, as {@code sms-languages.txt} has them: 128 characters each. */
final class SmsTables {
    private static final int SEPTETS = 128;
    private static final int ROW = 16;
    private static final String NOTHING = "----";

    private final Map<String, char[]> tables = new HashMap<>();

    private SmsTables() {}

    /** The tables that are shipped. */
    static SmsTables shipped() {
        try (InputStream file = Objects.requireNonNull(SmsTables.class.getResourceAsStream("sms-languages.txt"))) {
            return read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SmsTables read(InputStream file) throws IOException {
        SmsTables read = new SmsTables();
        BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII));
        Iterator<String> lines =
                reader.lines().filter(line -> !line.startsWith("#")).iterator();
        while (lines.hasNext()) {
            List<String> head = words(lines.next());
            char[] table = new char[SEPTETS];
            for (int row = 0; row < SEPTETS; row += ROW) {
                List<String> points = words(lines.next());
                for (int i = 0; i < ROW; i++) {
                    String point = points.get(i);
                    table[row + i] = point.equals(NOTHING) ? SmsLanguage.NONE : (char) Integer.parseInt(point, 16);
                }
            }
            read.tables.put(head.get(0) + " " + head.get(1), table);
        }
        return read;
    }

    private static List<String> words(String line) {
        return Arrays.asList(line.split(" ", -1));
    }

    boolean has(int language) {
        return tables.containsKey(language + " locking") && tables.containsKey(language + " single");
    }

    /** What a septet stands for; {@link SmsLanguage#NONE} for nothing. */
    char locking(int language, int septet) {
        return find(language + " locking", septet);
    }

    /** The same behind an escape. */
    char single(int language, int septet) {
        return find(language + " single", septet);
    }

    private char find(String name, int septet) {
        char[] table = tables.get(name);
        return table == null || septet < 0 || septet >= SEPTETS ? SmsLanguage.NONE : table[septet];
    }
}
