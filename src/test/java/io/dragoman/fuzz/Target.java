// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fuzz;

/** One parser. It may refuse an input in the ways that it declares; it throws anything else on. */
@FunctionalInterface
interface Target {
    void run(byte[] input) throws Exception;
}
