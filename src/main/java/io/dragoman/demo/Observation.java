// SPDX-License-Identifier: Apache-2.0
package io.dragoman.demo;

/**
 * One effect that must be seen outside the gateway.
 *
 * @param what the effect, as a sentence
 * @param observed what was seen last
 */
public record Observation(String what, String expected, String observed, boolean met) {
    @Override
    public String toString() {
        return met ? "seen: " + what : "MISSING: " + what + "\n  expected: " + expected + "\n  found:    " + observed;
    }
}
