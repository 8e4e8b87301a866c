// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

/** A connector does not keep the contract. An {@link Error}, so that no connector catches it by mistake. */
public final class CheckFailed extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final String found;
    private final String expected;

    /**
     * @param found what it did
     * @param expected what the contract demands
     */
    public CheckFailed(String found, String expected) {
        super("found: " + found + "; expected: " + expected);
        this.found = found;
        this.expected = expected;
    }

    public String found() {
        return found;
    }

    public String expected() {
        return expected;
    }
}
