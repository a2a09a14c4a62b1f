#include "base/files/mapped_file.hpp"

#include <limits>
#include <string>

#include <boost/interprocess/exceptions.hpp>
#include <boost/interprocess/file_mapping.hpp>
#include <boost/interprocess/mapped_region.hpp>

#include "liantu/base/files/atomic_file.hpp"

namespace liantu {
namespace {

FileBytes read(const std::filesystem::path& path, const std::stop_token& stop) {
  auto content = std::make_shared<const std::string>(
      read_file(path, std::numeric_limits<std::uint64_t>::max(), stop));
  const std::string_view bytes = *content;
  return {bytes, std::move(content)};
}

}  // namespace

FileBytes map_file(const std::filesystem::path& path, const std::stop_token& stop) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return read(path, stop);
  try {
    namespace ipc = boost::interprocess;
    const ipc::file_mapping file(path.c_str(), ipc::read_only);
    auto region = std::make_shared<const ipc::mapped_region>(file, ipc::read_only);
    const std::string_view bytes(static_cast<const char*>(region->get_address()),
                                 region->get_size());
    return {bytes, std::move(region)};
  } catch (const boost::interprocess::interprocess_exception&) {
    return read(path, stop);  // an empty file, or one that says itself why it cannot be read
  }
}

}  // namespace liantu
