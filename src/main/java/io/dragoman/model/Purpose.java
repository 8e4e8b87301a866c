// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

/** What a customer is written to for, or what is done with what is known of them. */
public enum Purpose {
    /** To be written to on a channel at all: answers of people, automatic replies, answers of the FAQ. */
    SERVICE,
    /** To be asked for an opinion. */
    SURVEY,
    /** To be sent what they did not ask for, so that they buy. */
    MARKETING,
    /** That what they do is told to a program that counts visitors. */
    ANALYTICS
}
