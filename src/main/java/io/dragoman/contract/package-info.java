// SPDX-License-Identifier: Apache-2.0
/**
 * The contract that every connector keeps, as a program: checks, the samples that they need, and the card that says
 * which passed. Runs without services and without a test framework, for connectors in the tree and out of it.
 */
@org.jspecify.annotations.NullMarked
package io.dragoman.contract;
