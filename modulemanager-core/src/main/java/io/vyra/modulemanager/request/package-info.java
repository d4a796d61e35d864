/**
 * What a request may say, and how it is told what is wrong with it: the same rules and words for every face. How a request is carried and
 * read is the face's.
 */
package io.vyra.modulemanager.request;
