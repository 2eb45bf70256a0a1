// Lists to be filled in, written where the command line says.
#pragma once

#include "importers/templates/list_templates.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace shirube::server {

/// Writes a template to `output`, whose extension says the form; empty: CSV on standard output.
/// \returns the exit status; what went wrong is told
int write_template_file(const std::filesystem::path& output, const std::string& language,
                        const std::function<std::string(importers::TemplateForm)>& make);

} // namespace shirube::server
