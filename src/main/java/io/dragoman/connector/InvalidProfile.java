// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.util.List;
import java.util.stream.Collectors;

/** A profile that cannot be used, with everything that is wrong with it. */
public final class InvalidProfile extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    public InvalidProfile(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")), null, false, false);
        this.faults = List.copyOf(faults);
    }

    /** All that is wrong, by its place. */
    public List<Fault> faults() {
        return faults;
    }

    /**
     * One thing that is wrong.
     *
     * @param file as the operator knows it; empty for the name in the configuration itself
     * @param line from 1; 0 for the whole file
     * @param path where in the file, such as {@code send.text.json}
     * @param message what was found, what is expected, and what to do
     */
    public record Fault(String file, int line, int column, String path, String message) {
        @Override
        public String toString() {
            String place = line == 0 ? file : file + ":" + line + ":" + column;
            return (place + (path.isEmpty() ? " " : " " + path + " ") + message).strip();
        }
    }
}
