// How --help and wrong use are told in the language of the command line.
#pragma once

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace shirube::server {

/// Lays out --help with its headings and marks in `language`.
std::shared_ptr<CLI::Formatter> help_formatter(const std::string& language);

/// What is wrong, in CLI11's words (it has none but English), and which help to read.
std::string wrong_use_in_words(const CLI::App& app, const CLI::Error& error, const std::string& language);

} // namespace shirube::server
