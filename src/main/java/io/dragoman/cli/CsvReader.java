// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a table as spreadsheets write it (RFC 4180), a row at a time: with quotes around what has the separator, quotes or
 * line ends in it. Fields are separated by a comma, a semicolon or a tab, whichever the first line has first. Not
 * thread-safe.
 */
final class CsvReader {
    private static final int LONGEST_ROW = 100_000;
    private static final int END = -1;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Reader in;
    private char separator;
    private int next;
    private int line = 1;
    private int begun = 1;

    CsvReader(Reader in) throws IOException {
        this.in = in;
        next = in.read();
        if (next == BYTE_ORDER_MARK) {
            next = in.read();
        }
    }

    /** A row cannot be read; the message is the end of a sentence. */
    static final class Malformed extends IOException {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    /** The line of the file that the last row began in. */
    int line() {
        return begun;
    }

    /** The next row that is not empty; nothing at the end. */
    Optional<List<String>> row() throws IOException {
        while (next == '\n' || next == '\r') {
            step();
        }
        if (next == END) {
            return Optional.empty();
        }
        begun = line;
        List<String> fields = new ArrayList<>();
        int room = LONGEST_ROW;
        boolean more = true;
        while (more) {
            String field = next == '"' ? quoted() : plain();
            room -= field.length() + 1;
            if (room < 0) {
                throw new Malformed("is longer than " + LONGEST_ROW + " characters");
            }
            fields.add(field);
            more = separator != 0 && next == separator;
            if (more) {
                step();
            } else if (next != END && next != '\n' && next != '\r') {
                throw new Malformed("has something behind a closing quote");
            }
        }
        return Optional.of(fields);
    }

    private String plain() throws IOException {
        StringBuilder field = new StringBuilder();
        while (next != END && next != '\n' && next != '\r' && !separates(next)) {
            add(field);
        }
        return field.toString().strip();
    }

    private String quoted() throws IOException {
        StringBuilder field = new StringBuilder();
        step();
        while (true) {
            if (next == END) {
                throw new Malformed("has a quote that nothing closes");
            }
            if (next != '"') {
                add(field);
                continue;
            }
            step();
            if (next != '"') {
                separates(next);
                return field.toString();
            }
            add(field);
        }
    }

    private void add(StringBuilder field) throws IOException {
        if (field.length() == LONGEST_ROW) {
            throw new Malformed("is longer than " + LONGEST_ROW + " characters");
        }
        field.append((char) next);
        step();
    }

    /** The first of the three that stands outside of quotes is the file's. */
    private boolean separates(int character) {
        if (separator == 0 && (character == ',' || character == ';' || character == '\t')) {
            separator = (char) character;
        }
        return separator != 0 && character == separator;
    }

    private void step() throws IOException {
        if (next == '\n') {
            line++;
        }
        next = in.read();
    }

    /** Goes to the end of the line, after a row that could not be read. */
    void skipLine() throws IOException {
        while (next != END && next != '\n') {
            step();
        }
    }
}
