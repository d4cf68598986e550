<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi">
<context>
    <name>AboutDialog</name>
    <message>
        <source>Nothing has been kept in %1 yet.</source>
        <translation>Chưa có gì được lưu trong %1.</translation>
    </message>
    <message>
        <source>%1 cannot be opened from here. Copy its name instead.</source>
        <translation>Không thể mở %1 từ đây. Hãy sao chép tên của nó.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Đã sao chép</translation>
    </message>
    <message>
        <source>Names the sign you make, from the picture of your camera.</source>
        <translation>Cho biết ký hiệu bạn đang làm, dựa vào hình từ camera.</translation>
    </message>
    <message>
        <source>It draws what motion sensors on your wrists would have felt.</source>
        <translation>Vẽ những gì cảm biến chuyển động trên cổ tay bạn lẽ ra cảm nhận được.</translation>
    </message>
    <message>
        <source>No picture is stored, and none leaves this computer.</source>
        <translation>Không lưu hình nào, và không hình nào rời khỏi máy này.</translation>
    </message>
    <message>
        <source>asl20, recorded motions: a course at Arizona State University (CSE 572).</source>
        <translation>asl20, chuyển động mẫu: một khóa học ở Đại học Bang Arizona (CSE 572).</translation>
    </message>
    <message>
        <source>arsl10: the MLR511 Arabic sign set. Both for research and evaluation.</source>
        <translation>arsl10: bộ ký hiệu Ả Rập MLR511. Cả hai chỉ để nghiên cứu và đánh giá.</translation>
    </message>
    <message>
        <source>ksl13: learnt from landmarks under Apache-2.0.</source>
        <translation>ksl13: học từ các điểm mốc theo giấy phép Apache-2.0.</translation>
    </message>
    <message>
        <source>Landmark models: MediaPipe (Apache-2.0). Font: Noto Sans (SIL OFL 1.1).</source>
        <translation>Mô hình điểm mốc: MediaPipe (Apache-2.0). Phông chữ: Noto Sans (SIL OFL 1.1).</translation>
    </message>
    <message>
        <source>Made with Qt for Python (LGPL 3), PyTorch, OpenVINO, MediaPipe and OpenCV.</source>
        <translation>Xây dựng bằng Qt for Python (LGPL 3), PyTorch, OpenVINO, MediaPipe và OpenCV.</translation>
    </message>
    <message>
        <source>Method: &apos;Sign Language Recognition with Self-learning Fusion Models&apos;.</source>
        <translation>Phương pháp: “Sign Language Recognition with Self-learning Fusion Models”.</translation>
    </message>
    <message>
        <source>Networks: I3D (Carreira), InceptionTime (Ismail Fawaz), AAGCN (Shi).</source>
        <translation>Mạng nơ-ron: I3D (Carreira), InceptionTime (Ismail Fawaz), AAGCN (Shi).</translation>
    </message>
    <message>
        <source>Your choices</source>
        <translation>Các lựa chọn của bạn</translation>
    </message>
    <message>
        <source>Taught signs</source>
        <translation>Ký hiệu đã dạy</translation>
    </message>
    <message>
        <source>Faster networks (can be deleted)</source>
        <translation>Mạng nơ-ron đã tăng tốc (có thể xóa)</translation>
    </message>
    <message>
        <source>Log, for whoever helps you</source>
        <translation>Nhật ký, cho người giúp bạn</translation>
    </message>
    <message>
        <source>About SignMirror</source>
        <translation>Giới thiệu SignMirror</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Sao chép</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Licence: Apache License 2.0</source>
        <translation>Giấy phép: Apache License 2.0</translation>
    </message>
    <message>
        <source>What is kept, and where</source>
        <translation>Những gì được lưu, và lưu ở đâu</translation>
    </message>
    <message>
        <source>Credits</source>
        <translation>Lời cảm ơn</translation>
    </message>
</context>
<context>
    <name>AddressDialog</name>
    <message>
        <source>Network camera</source>
        <translation>Camera mạng</translation>
    </message>
    <message>
        <source>&amp;Address (http:// or rtsp://):</source>
        <translation>Đị&amp;a chỉ (http:// hoặc rtsp://):</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Mở</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Hủy</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Đang kết nối…</translation>
    </message>
</context>
<context>
    <name>AlignStep</name>
    <message>
        <source>Put a glove on first: “Find the glove”.</source>
        <translation>Trước hết hãy đeo găng: “Tìm găng tay”.</translation>
    </message>
    <message>
        <source>This vocabulary draws no curves to compare with. Choose another one.</source>
        <translation>Bộ từ vựng này không có đường cong để so sánh. Hãy chọn bộ khác.</translation>
    </message>
    <message>
        <source>Move your hands before the camera, large and slowly…</source>
        <translation>Hãy đưa tay thật rộng và chậm trước camera…</translation>
    </message>
    <message>
        <source>The camera is %1 ms later than the glove; that is made up for.</source>
        <translation>Camera chậm hơn găng tay %1 ms; chương trình đã bù lại.</translation>
    </message>
    <message>
        <source>The camera is %1 ms earlier than the glove; that is made up for.</source>
        <translation>Camera sớm hơn găng tay %1 ms; chương trình đã bù lại.</translation>
    </message>
    <message>
        <source>glove</source>
        <translation>găng tay</translation>
    </message>
    <message>
        <source>camera</source>
        <translation>camera</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>giây</translation>
    </message>
    <message>
        <source>The glove&apos;s curve and the camera&apos;s</source>
        <translation>Đường cong của găng tay và của camera</translation>
    </message>
</context>
<context>
    <name>BundleChooser</name>
    <message>
        <source>Vocabulary from a folder…</source>
        <translation>Bộ từ vựng trong thư mục…</translation>
    </message>
    <message>
        <source>Open the folder of a vocabulary</source>
        <translation>Mở thư mục của bộ từ vựng</translation>
    </message>
</context>
<context>
    <name>Clearing</name>
    <message>
        <source>Undo clear</source>
        <translation>Hoàn tác việc xóa</translation>
    </message>
</context>
<context>
    <name>ControlRow</name>
    <message>
        <source>More</source>
        <translation>Thêm</translation>
    </message>
</context>
<context>
    <name>DetailsRow</name>
    <message>
        <source>How fast your computer keeps up</source>
        <translation>Máy của bạn theo kịp nhanh đến đâu</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Chi tiết</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>no source given: name a camera, a file, an address or reference:SIGN</source>
        <translation>chưa cho nguồn nào: hãy nêu một camera, một tệp, một địa chỉ hoặc reference:KÝ_HIỆU</translation>
    </message>
    <message>
        <source>{name}: there is no such file</source>
        <translation>{name}: không có tệp này</translation>
    </message>
    <message>
        <source>{name}: this is a folder; choose a video file in it</source>
        <translation>{name}: đây là một thư mục; hãy chọn một tệp video trong đó</translation>
    </message>
    <message>
        <source>{name}: the file is empty</source>
        <translation>{name}: tệp này trống</translation>
    </message>
    <message>
        <source>{name}: the file cannot be read</source>
        <translation>{name}: không đọc được tệp này</translation>
    </message>
    <message>
        <source>{name}: not a video that can be played (it is damaged, or something else)</source>
        <translation>{name}: không phải video phát được (tệp bị hỏng, hoặc là loại khác)</translation>
    </message>
    <message>
        <source>{name}: not a video that can be played ({reason})</source>
        <translation>{name}: không phải video phát được ({reason})</translation>
    </message>
    <message>
        <source>{name}: not a video that can be played (it holds text)</source>
        <translation>{name}: không phải video phát được (tệp chứa văn bản)</translation>
    </message>
    <message>
        <source>{name}: not a video that can be played (there are no pictures in it)</source>
        <translation>{name}: không phải video phát được (trong đó không có hình)</translation>
    </message>
    <message>
        <source>{name}: not a video that can be played (its only picture is a cover)</source>
        <translation>{name}: không phải video phát được (hình duy nhất là ảnh bìa)</translation>
    </message>
    <message>
        <source>{name}: not a video that can be played (its encoding is not known here)</source>
        <translation>{name}: không phải video phát được (máy này không biết cách mã hóa của nó)</translation>
    </message>
    <message>
        <source>{name}: no picture in this file can be decoded</source>
        <translation>{name}: không giải mã được hình nào trong tệp này</translation>
    </message>
    <message>
        <source>{name}: this stream cannot be opened (no answer in time)</source>
        <translation>{name}: không mở được luồng này (không trả lời kịp)</translation>
    </message>
    <message>
        <source>{name}: this stream cannot be opened (what answers is no video)</source>
        <translation>{name}: không mở được luồng này (dữ liệu trả về không phải video)</translation>
    </message>
    <message>
        <source>{name}: this stream cannot be opened ({reason})</source>
        <translation>{name}: không mở được luồng này ({reason})</translation>
    </message>
    <message>
        <source>{name}: the stream stopped. Check the camera and the network.</source>
        <translation>{name}: luồng đã dừng. Hãy kiểm tra camera và mạng.</translation>
    </message>
    <message>
        <source>reference: name a sign, as reference:SIGN; there are: {known}</source>
        <translation>reference: hãy nêu một ký hiệu, như reference:KÝ_HIỆU; hiện có: {known}</translation>
    </message>
    <message>
        <source>reference:{gloss}: no such sign; there are: {known}</source>
        <translation>reference:{gloss}: không có ký hiệu này; hiện có: {known}</translation>
    </message>
    <message>
        <source>reference:*: there are no reference motions</source>
        <translation>reference:*: không có chuyển động mẫu nào</translation>
    </message>
    <message>
        <source>reference:{gloss}: its file {file} is damaged; install the program again</source>
        <translation>reference:{gloss}: tệp {file} bị hỏng; hãy cài lại chương trình</translation>
    </message>
    <message>
        <source>{name}: there is no such file or camera; cameras found: {cameras}</source>
        <translation>{name}: không có tệp hay camera này; các camera tìm thấy: {cameras}</translation>
    </message>
    <message>
        <source>{name}: there is no such file or camera; no camera is connected</source>
        <translation>{name}: không có tệp hay camera này; chưa có camera nào được kết nối</translation>
    </message>
    <message>
        <source>{name}: there is no such camera. Connect it, or choose another source.</source>
        <translation>{name}: không có camera này. Hãy kết nối nó, hoặc chọn nguồn khác.</translation>
    </message>
    <message>
        <source>{name}: this camera is not connected. Connect it, or choose another source.</source>
        <translation>{name}: camera này chưa được kết nối. Hãy kết nối nó, hoặc chọn nguồn khác.</translation>
    </message>
    <message>
        <source>{name}: you may not use this camera ({device}). Join the group &apos;video&apos; and log in again.</source>
        <translation>{name}: bạn không có quyền dùng camera này ({device}). Hãy vào nhóm “video” rồi đăng nhập lại.</translation>
    </message>
    <message>
        <source>{name}: the camera cannot be opened, it is in use by another program. Close it and try again.</source>
        <translation>{name}: không mở được camera vì chương trình khác đang dùng. Hãy đóng chương trình đó rồi thử lại.</translation>
    </message>
    <message>
        <source>{name}: the camera cannot be opened. It is not connected, or in use by another program: close it and try again.</source>
        <translation>{name}: không mở được camera. Camera chưa được kết nối, hoặc chương trình khác đang dùng: hãy đóng chương trình đó rồi thử lại.</translation>
    </message>
    <message>
        <source>{name}: the camera stopped sending pictures. Check its cable, or choose another source.</source>
        <translation>{name}: camera đã ngừng gửi hình. Hãy kiểm tra cáp, hoặc chọn nguồn khác.</translation>
    </message>
    <message>
        <source>{name}: no such kind of address as {scheme}://; use http:// or rtsp://</source>
        <translation>{name}: không có loại địa chỉ {scheme}://; hãy dùng http:// hoặc rtsp://</translation>
    </message>
    <message>
        <source>{name}: this address is not complete; write it as {scheme}://…</source>
        <translation>{name}: địa chỉ này chưa đầy đủ; hãy viết là {scheme}://…</translation>
    </message>
    <message>
        <source>{name}: this is no address; write one as http://… or rtsp://…</source>
        <translation>{name}: đây không phải địa chỉ; hãy viết là http://… hoặc rtsp://…</translation>
    </message>
    <message>
        <source>{name}: the name of the host is missing after {scheme}://</source>
        <translation>{name}: thiếu tên máy chủ sau {scheme}://</translation>
    </message>
    <message>
        <source>{name}: the port must be a number from 1 to 65535</source>
        <translation>{name}: số cổng phải từ 1 đến 65535</translation>
    </message>
    <message>
        <source>{name}: this address is misspelt; check it</source>
        <translation>{name}: địa chỉ này viết sai; hãy kiểm tra lại</translation>
    </message>
    <message>
        <source>{name}: this file is on another computer; copy it to this one</source>
        <translation>{name}: tệp này nằm trên máy khác; hãy chép nó về máy này</translation>
    </message>
    <message>
        <source>{name}: no such host. Check the spelling of the address, and the network.</source>
        <translation>{name}: không có máy chủ này. Hãy kiểm tra cách viết địa chỉ và mạng.</translation>
    </message>
    <message>
        <source>{name}: the connection was refused. Is the camera switched on, and the port right?</source>
        <translation>{name}: kết nối bị từ chối. Camera đã bật chưa, và số cổng có đúng không?</translation>
    </message>
    <message>
        <source>{name}: the camera cannot be reached. Check the network and the address.</source>
        <translation>{name}: không kết nối được đến camera. Hãy kiểm tra mạng và địa chỉ.</translation>
    </message>
    <message>
        <source>{name}: no answer in time. Check that the camera is on, and the network.</source>
        <translation>{name}: không trả lời kịp. Hãy kiểm tra xem camera đã bật chưa, và kiểm tra mạng.</translation>
    </message>
    <message>
        <source>{name}: the camera wants a user name and a password. Write them into the address: {scheme}://USER:PASSWORD@{name}/…</source>
        <translation>{name}: camera yêu cầu tên người dùng và mật khẩu. Hãy ghi vào địa chỉ: {scheme}://TÊN:MẬT_KHẨU@{name}/…</translation>
    </message>
    <message>
        <source>{name}: the camera refuses this user name or password</source>
        <translation>{name}: camera không chấp nhận tên người dùng hoặc mật khẩu này</translation>
    </message>
    <message>
        <source>{name}: the camera forbids this address. Check the user&apos;s rights on it.</source>
        <translation>{name}: camera không cho phép địa chỉ này. Hãy kiểm tra quyền của người dùng trên camera.</translation>
    </message>
    <message>
        <source>{name}: the host answers, but there is nothing at this address. Check what follows the host&apos;s name.</source>
        <translation>{name}: máy chủ có trả lời, nhưng không có gì ở địa chỉ này. Hãy kiểm tra phần sau tên máy chủ.</translation>
    </message>
    <message>
        <source>{name}: the camera answers with an error of its own. Start it again.</source>
        <translation>{name}: camera báo lỗi của chính nó. Hãy khởi động lại camera.</translation>
    </message>
    <message>
        <source>{name}: what answers there is no video stream</source>
        <translation>{name}: dữ liệu trả về ở đó không phải luồng video</translation>
    </message>
    <message>
        <source>{name}: no such bundle; there are: {known}</source>
        <translation>{name}: không có bộ từ vựng này; hiện có: {known}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>không có</translation>
    </message>
    <message>
        <source>no vocabulary is loaded</source>
        <translation>chưa tải bộ từ vựng nào</translation>
    </message>
    <message>
        <source>{name}: this bundle looks at no pictures</source>
        <translation>{name}: bộ từ vựng này không xem hình</translation>
    </message>
    <message>
        <source>{file}: this file of the bundle is missing or unreadable</source>
        <translation>{file}: tệp này của bộ từ vựng bị thiếu hoặc không đọc được</translation>
    </message>
    <message>
        <source>{file}: this file was altered or damaged (its SHA-256 is not the card&apos;s); get a fresh copy of the bundle</source>
        <translation>{file}: tệp này đã bị sửa hoặc bị hỏng (SHA-256 không khớp với thẻ); hãy lấy lại bản mới của bộ từ vựng</translation>
    </message>
    <message>
        <source>{file}: no card here, so this is not a bundle</source>
        <translation>{file}: ở đây không có thẻ, nên đây không phải bộ từ vựng</translation>
    </message>
    <message>
        <source>{file}: the card is damaged (not JSON)</source>
        <translation>{file}: thẻ của bộ từ vựng bị hỏng (không phải JSON)</translation>
    </message>
    <message>
        <source>{file}: the card is not valid ({reason})</source>
        <translation>{file}: thẻ của bộ từ vựng không hợp lệ ({reason})</translation>
    </message>
    <message>
        <source>{file}: format {version} is newer than this SignMirror reads ({known}); update SignMirror</source>
        <translation>{file}: định dạng {version} mới hơn mức bản SignMirror này đọc được ({known}); hãy cập nhật SignMirror</translation>
    </message>
    <message>
        <source>{file}: these weights cannot be read</source>
        <translation>{file}: không đọc được các trọng số này</translation>
    </message>
    <message>
        <source>{file}: these weights do not fit the card</source>
        <translation>{file}: các trọng số này không khớp với thẻ của bộ từ vựng</translation>
    </message>
    <message>
        <source>{file}: not the examples of this card</source>
        <translation>{file}: đây không phải các mẫu của thẻ này</translation>
    </message>
    <message>
        <source>the process that prepares faster networks has ended unexpectedly; what happened is written in {log}</source>
        <translation>tiến trình chuẩn bị các mạng nơ-ron nhanh hơn đã kết thúc bất ngờ; chi tiết được ghi trong {log}</translation>
    </message>
    <message>
        <source>{title}: {reason}; {used} is used instead</source>
        <translation>{title}: {reason}; thay vào đó dùng {used}</translation>
    </message>
    <message>
        <source>PyTorch, which this needs, is not installed; it is fetched by: python -m pip install &quot;signmirror[torch]&quot;</source>
        <translation>chưa cài PyTorch, thư viện cần cho việc này; hãy cài bằng lệnh: python -m pip install &quot;signmirror[torch]&quot;</translation>
    </message>
    <message>
        <source>{title}: {reason}; nothing else that is installed can run the networks of this vocabulary</source>
        <translation>{title}: {reason}; không còn thư viện nào khác đã cài có thể chạy các mạng nơ-ron của bộ từ vựng này</translation>
    </message>
    <message>
        <source>no CUDA graphics card on this computer</source>
        <translation>máy này không có card đồ họa CUDA</translation>
    </message>
    <message>
        <source>CUDA cannot run this network in {precision} here</source>
        <translation>CUDA trên máy này không chạy được mạng nơ-ron này ở {precision}</translation>
    </message>
    <message>
        <source>CUDA failed ({reason})</source>
        <translation>CUDA gặp lỗi ({reason})</translation>
    </message>
    <message>
        <source>this processor does not compute in {precision}</source>
        <translation>bộ xử lý này không tính được ở {precision}</translation>
    </message>
    <message>
        <source>OpenVINO does not load on this computer ({reason})</source>
        <translation>không tải được OpenVINO trên máy này ({reason})</translation>
    </message>
    <message>
        <source>OpenVINO finds no processor ({reason})</source>
        <translation>OpenVINO không tìm thấy bộ xử lý ({reason})</translation>
    </message>
    <message>
        <source>OpenVINO cannot convert it ({reason})</source>
        <translation>OpenVINO không chuyển đổi được mạng nơ-ron này ({reason})</translation>
    </message>
    <message>
        <source>{name}: OpenVINO cannot run this network ({reason})</source>
        <translation>{name}: OpenVINO không chạy được mạng nơ-ron này ({reason})</translation>
    </message>
    <message>
        <source>OpenVINO failed ({reason})</source>
        <translation>OpenVINO gặp lỗi ({reason})</translation>
    </message>
    <message>
        <source>NNCF, which makes int8 networks, is not installed</source>
        <translation>chưa cài NNCF, công cụ tạo mạng nơ-ron int8</translation>
    </message>
    <message>
        <source>this vocabulary brings no int8 network</source>
        <translation>bộ từ vựng này không kèm mạng nơ-ron int8</translation>
    </message>
    <message>
        <source>{name}: damaged; it is made again at the next start</source>
        <translation>{name}: bị hỏng; sẽ được tạo lại ở lần mở sau</translation>
    </message>
    <message>
        <source>{name}: faster networks cannot be kept here ({reason})</source>
        <translation>{name}: không lưu được các mạng nơ-ron nhanh hơn ở đây ({reason})</translation>
    </message>
    <message>
        <source>Give the sign a name.</source>
        <translation>Hãy đặt tên cho ký hiệu.</translation>
    </message>
    <message>
        <source>A name has at most {most} characters.</source>
        <translation>Tên dài tối đa {most} ký tự.</translation>
    </message>
    <message>
        <source>A name consists of letters that can be shown.</source>
        <translation>Tên phải gồm những ký tự hiển thị được.</translation>
    </message>
    <message>
        <source>&apos;{gloss}&apos; is taught already.</source>
        <translation>“{gloss}” đã được dạy.</translation>
    </message>
    <message>
        <source>&apos;{gloss}&apos; is not a taught sign.</source>
        <translation>“{gloss}” không phải ký hiệu đã dạy.</translation>
    </message>
    <message>
        <source>&apos;{gloss}&apos; has no take {number}.</source>
        <translation>“{gloss}” không có lần ghi {number}.</translation>
    </message>
    <message>
        <source>&apos;{gloss}&apos; has {most} takes already; delete one first.</source>
        <translation>“{gloss}” đã có {most} lần ghi; hãy xóa bớt một lần trước.</translation>
    </message>
    <message>
        <source>There are {most} taught signs already.</source>
        <translation>Đã có {most} ký hiệu được dạy.</translation>
    </message>
    <message>
        <source>This take holds nothing that can be used.</source>
        <translation>Lần ghi này không có gì dùng được.</translation>
    </message>
    <message>
        <source>{file}: this take of &apos;{gloss}&apos; is missing or damaged; it is left out.</source>
        <translation>{file}: lần ghi này của “{gloss}” bị thiếu hoặc bị hỏng nên được bỏ qua.</translation>
    </message>
    <message>
        <source>{name}: this list of taught signs is damaged.</source>
        <translation>{name}: danh sách ký hiệu đã dạy này bị hỏng.</translation>
    </message>
    <message>
        <source>{name}: this list of taught signs is of a newer SignMirror; update SignMirror.</source>
        <translation>{name}: danh sách ký hiệu đã dạy này thuộc bản SignMirror mới hơn; hãy cập nhật SignMirror.</translation>
    </message>
    <message>
        <source>{file}: cannot be read ({reason}).</source>
        <translation>{file}: không đọc được ({reason}).</translation>
    </message>
    <message>
        <source>{place}: nothing can be written here ({reason}).</source>
        <translation>{place}: không thể ghi vào đây ({reason}).</translation>
    </message>
    <message>
        <source>Another SignMirror is changing the taught signs. Try again in a moment.</source>
        <translation>Một SignMirror khác đang thay đổi các ký hiệu đã dạy. Hãy thử lại sau giây lát.</translation>
    </message>
    <message>
        <source>There is no taught sign to export.</source>
        <translation>Chưa có ký hiệu đã dạy nào để xuất.</translation>
    </message>
    <message>
        <source>{file}: this file cannot be read.</source>
        <translation>{file}: không đọc được tệp này.</translation>
    </message>
    <message>
        <source>{file}: this file is too large.</source>
        <translation>{file}: tệp này quá lớn.</translation>
    </message>
    <message>
        <source>{file}: this is not a file of taught signs.</source>
        <translation>{file}: đây không phải tệp ký hiệu đã dạy.</translation>
    </message>
    <message>
        <source>{file}: {reason}</source>
        <translation>{file}: {reason}</translation>
    </message>
    <message>
        <source>there are too many takes in it.</source>
        <translation>trong đó có quá nhiều lần ghi.</translation>
    </message>
    <message>
        <source>{name} was altered or damaged.</source>
        <translation>{name} đã bị sửa hoặc bị hỏng.</translation>
    </message>
    <message>
        <source>{name} is too large.</source>
        <translation>{name} quá lớn.</translation>
    </message>
    <message>
        <source>{name} is not a recording.</source>
        <translation>{name} không phải bản ghi.</translation>
    </message>
    <message>
        <source>{name} is not a recording of a sign.</source>
        <translation>{name} không phải bản ghi của một ký hiệu.</translation>
    </message>
    <message>
        <source>no hand was seen: raise your hands into the picture</source>
        <translation>không thấy bàn tay nào: hãy đưa tay vào trong hình</translation>
    </message>
    <message>
        <source>your shoulders were not seen: step back a little</source>
        <translation>không thấy vai của bạn: hãy lùi ra sau một chút</translation>
    </message>
    <message>
        <source>{file}: no card here, so this is no sign encoder</source>
        <translation>{file}: ở đây không có thẻ, nên đây không phải bộ mã hóa ký hiệu</translation>
    </message>
    <message>
        <source>{file}: this file of the sign encoder is missing or unreadable</source>
        <translation>{file}: tệp này của bộ mã hóa ký hiệu bị thiếu hoặc không đọc được</translation>
    </message>
    <message>
        <source>{file}: this file of the sign encoder was altered or damaged (its SHA-256 is not the card&apos;s); get a fresh copy of SignMirror</source>
        <translation>{file}: tệp này của bộ mã hóa ký hiệu đã bị sửa hoặc bị hỏng (SHA-256 không khớp với thẻ); hãy lấy lại bản mới của SignMirror</translation>
    </message>
    <message>
        <source>{file}: there is no such file</source>
        <translation>{file}: không có tệp này</translation>
    </message>
    <message>
        <source>{name}: this vocabulary was made for another lexicon; get one of the same SignMirror</source>
        <translation>{name}: bộ từ này được làm cho một từ điển khác; hãy lấy bản của cùng phiên bản SignMirror</translation>
    </message>
    <message>
        <source>{name}: no such lesson in this vocabulary; there are: {known}</source>
        <translation>{name}: bộ từ này không có bài học đó; có các bài: {known}</translation>
    </message>
    <message>
        <source>{file}: these lessons cannot be read ({reason})</source>
        <translation>{file}: không đọc được các bài học này ({reason})</translation>
    </message>
    <message>
        <source>{file}: not a readable landmark recording</source>
        <translation>{file}: không phải bản ghi điểm mốc đọc được</translation>
    </message>
    <message>
        <source>{file}: its moments and landmarks do not belong together</source>
        <translation>{file}: các thời điểm và điểm mốc không khớp với nhau</translation>
    </message>
    <message>
        <source>no reference motion for &apos;{gloss}&apos;; there are: {known}</source>
        <translation>không có chuyển động mẫu cho “{gloss}”; hiện có: {known}</translation>
    </message>
    <message>
        <source>there are no reference motions of &apos;{name}&apos;</source>
        <translation>không có chuyển động mẫu nào của “{name}”</translation>
    </message>
    <message>
        <source>{file}: not a readable reference motion</source>
        <translation>{file}: không phải chuyển động mẫu đọc được</translation>
    </message>
    <message>
        <source>{file}: joints have shape {shape}, not {wanted}</source>
        <translation>{file}: các khớp có dạng {shape}, không phải {wanted}</translation>
    </message>
    <message>
        <source>{file}: hands have shape {shape}, not {wanted}</source>
        <translation>{file}: các bàn tay có dạng {shape}, không phải {wanted}</translation>
    </message>
    <message>
        <source>{file}: rate or joints are not usable numbers</source>
        <translation>{file}: tần số hoặc các khớp không phải số dùng được</translation>
    </message>
    <message>
        <source>{file}: nobody can be seen in this take</source>
        <translation>{file}: không thấy ai trong lần ghi này</translation>
    </message>
    <message>
        <source>Recognition did not answer any more; it is being started again.</source>
        <translation>Bộ nhận dạng không còn phản hồi; đang được khởi động lại.</translation>
    </message>
    <message>
        <source>Recognition stopped unexpectedly; it is being started again.</source>
        <translation>Bộ nhận dạng đã dừng bất ngờ; đang được khởi động lại.</translation>
    </message>
    <message>
        <source>{file}: this landmark model is missing, so nobody can be seen in pictures; install SignMirror again.</source>
        <translation>{file}: thiếu mô hình điểm mốc này nên không thể nhìn thấy ai trong hình; hãy cài lại SignMirror.</translation>
    </message>
    <message>
        <source>{file}: this landmark model cannot be read, so nobody can be seen in pictures; see that it may be read, or install SignMirror again.</source>
        <translation>{file}: không đọc được mô hình điểm mốc này nên không thể nhìn thấy ai trong hình; hãy kiểm tra quyền đọc hoặc cài lại SignMirror.</translation>
    </message>
    <message>
        <source>{file}: this landmark model is damaged, so nobody can be seen in pictures; install SignMirror again.</source>
        <translation>{file}: mô hình điểm mốc này bị hỏng nên không thể nhìn thấy ai trong hình; hãy cài lại SignMirror.</translation>
    </message>
    <message>
        <source>Recognition has stopped unexpectedly several times. Choose another vocabulary, or close other programs and start SignMirror again. What happened is written in {log}</source>
        <translation>Bộ nhận dạng đã nhiều lần dừng bất ngờ. Hãy chọn bộ từ vựng khác, hoặc đóng các chương trình khác rồi mở lại SignMirror. Chi tiết được ghi trong {log}</translation>
    </message>
    <message>
        <source>the window cannot be opened ({reason}); README.md says what to do under &apos;When something goes wrong&apos;, and the whole of it is written in {log}</source>
        <translation>không mở được cửa sổ ({reason}); README.md cho biết cách xử lý ở mục &apos;When something goes wrong&apos;, và toàn bộ chi tiết được ghi trong {log}</translation>
    </message>
    <message>
        <source>a part of the program cannot be loaded ({reason}); README.md says what to do under &apos;When something goes wrong&apos;, and the whole of it is written in {log}</source>
        <translation>không tải được một phần của chương trình ({reason}); README.md cho biết cách xử lý ở mục &apos;When something goes wrong&apos;, và toàn bộ chi tiết được ghi trong {log}</translation>
    </message>
    <message>
        <source>something went wrong unexpectedly; what happened is written in {log}</source>
        <translation>đã xảy ra một lỗi bất ngờ; chi tiết được ghi trong {log}</translation>
    </message>
    <message>
        <source>It is too dark: turn on a light in front of you.</source>
        <translation>Quá tối: hãy bật đèn phía trước bạn.</translation>
    </message>
    <message>
        <source>Nobody is in the picture.</source>
        <translation>Không có ai trong hình.</translation>
    </message>
    <message>
        <source>Two people are in the picture: one at a time, please.</source>
        <translation>Có hai người trong hình: xin hãy từng người một.</translation>
    </message>
    <message>
        <source>You are too far away: come closer.</source>
        <translation>Bạn ở quá xa: hãy lại gần hơn.</translation>
    </message>
    <message>
        <source>Turn to the camera.</source>
        <translation>Hãy quay mặt về phía camera.</translation>
    </message>
    <message>
        <source>Your hands are not in the picture: raise them, or move back a little.</source>
        <translation>Không thấy tay bạn trong hình: hãy giơ tay lên, hoặc lùi lại một chút.</translation>
    </message>
    <message>
        <source>{spec}: write serial:PORT, tcp:HOST:PORT, udp:PORT, osc:PORT, lsl:NAME, ble:ID, phone:HOST:PORT, logger:PORT or replay:FILE</source>
        <translation>{spec}: hãy viết serial:CỔNG, tcp:MÁY:CỔNG, udp:CỔNG, osc:CỔNG, lsl:TÊN, ble:MÃ, phone:MÁY:CỔNG, logger:CỔNG hoặc replay:TỆP</translation>
    </message>
    <message>
        <source>{spec}: {port} is no port; write a number from 1 to 65535</source>
        <translation>{spec}: {port} không phải là cổng; hãy viết một số từ 1 đến 65535</translation>
    </message>
    <message>
        <source>{name}: connected, but nothing comes. Is it switched on?</source>
        <translation>{name}: đã kết nối nhưng không có gì gửi tới. Găng đã bật chưa?</translation>
    </message>
    <message>
        <source>{name}: something comes, but nothing of it can be read</source>
        <translation>{name}: có dữ liệu gửi tới nhưng không đọc được</translation>
    </message>
    <message>
        <source>{name}: the glove is gone. The camera goes on alone; plug it in again.</source>
        <translation>{name}: mất kết nối găng tay. Camera vẫn tiếp tục một mình; hãy cắm lại găng.</translation>
    </message>
    <message>
        <source>{name}: there is no such port. Plug the glove in.</source>
        <translation>{name}: không có cổng này. Hãy cắm găng tay vào.</translation>
    </message>
    <message>
        <source>{name}: you may not open this port. Join the group dialout, then sign in again.</source>
        <translation>{name}: bạn không được phép mở cổng này. Hãy vào nhóm dialout rồi đăng nhập lại.</translation>
    </message>
    <message>
        <source>{name}: another program holds this port. Close that program.</source>
        <translation>{name}: một chương trình khác đang dùng cổng này. Hãy đóng chương trình đó.</translation>
    </message>
    <message>
        <source>{name}: it cannot be opened: {reason}. Check the address or the cable.</source>
        <translation>{name}: không mở được: {reason}. Hãy kiểm tra địa chỉ hoặc dây cáp.</translation>
    </message>
    <message>
        <source>{name}: nobody answers there. Is the glove on, in the same network?</source>
        <translation>{name}: không có ai trả lời. Găng đã bật và ở cùng mạng chưa?</translation>
    </message>
    <message>
        <source>Port {port}: another program listens there; close it or take another</source>
        <translation>Cổng {port}: một chương trình khác đang dùng; hãy đóng nó hoặc chọn cổng khác</translation>
    </message>
    <message>
        <source>{name}: nothing comes. Send to this computer, port {port}; a firewall may hold it back.</source>
        <translation>{name}: không có gì gửi tới. Hãy gửi đến máy này, cổng {port}; có thể tường lửa đang chặn.</translation>
    </message>
    <message>
        <source>{name}: no such stream. Start it; a firewall may hide it.</source>
        <translation>{name}: không thấy luồng này. Hãy bật nó; có thể tường lửa đang che.</translation>
    </message>
    <message>
        <source>{name}: its channels are not named; name them ax, ay, az, gx, gy, gz</source>
        <translation>{name}: các kênh chưa có tên; hãy đặt tên ax, ay, az, gx, gy, gz</translation>
    </message>
    <message>
        <source>Lab Streaming Layer does not work here: {reason}</source>
        <translation>Lab Streaming Layer không chạy được ở đây: {reason}</translation>
    </message>
    <message>
        <source>Bluetooth does not work on this computer: {reason}</source>
        <translation>Bluetooth không dùng được trên máy này: {reason}</translation>
    </message>
    <message>
        <source>Bluetooth may not be used: allow it for SignMirror in the system&apos;s privacy settings</source>
        <translation>Chưa được phép dùng Bluetooth: hãy cho phép SignMirror trong phần quyền riêng tư của hệ thống</translation>
    </message>
    <message>
        <source>{name} is worn on the forearm: signs of the wrist look different there</source>
        <translation>{name} đeo ở cẳng tay: ở đó số đo khác với ở cổ tay</translation>
    </message>
    <message>
        <source>Gloves cannot be looked for here: {reason}</source>
        <translation>Không thể tìm găng tay ở đây: {reason}</translation>
    </message>
    <message>
        <source>Bluetooth is off. Switch it on.</source>
        <translation>Bluetooth đang tắt. Hãy bật lên.</translation>
    </message>
    <message>
        <source>{name}: not in reach. Switch it on and hold it near.</source>
        <translation>{name}: ngoài tầm. Hãy bật lên và để gần máy.</translation>
    </message>
    <message>
        <source>{name}: SignMirror does not know what this Bluetooth device sends</source>
        <translation>{name}: SignMirror không biết thiết bị Bluetooth này gửi gì</translation>
    </message>
    <message>
        <source>{name}: Bluetooth does not answer; trying again</source>
        <translation>{name}: Bluetooth không trả lời; đang thử lại</translation>
    </message>
    <message>
        <source>{name}: the app gives no sensors. Start SensorServer anew.</source>
        <translation>{name}: ứng dụng không gửi cảm biến. Hãy mở lại SensorServer.</translation>
    </message>
    <message>
        <source>{name}: there is no such recording</source>
        <translation>{name}: không có bản ghi này</translation>
    </message>
    <message>
        <source>{name}: the recording cannot be opened: {reason}</source>
        <translation>{name}: không mở được bản ghi: {reason}</translation>
    </message>
    <message>
        <source>{name}: no recording of a glove</source>
        <translation>{name}: không phải bản ghi của găng tay</translation>
    </message>
    <message>
        <source>{name}: the recording is over</source>
        <translation>{name}: bản ghi đã hết</translation>
    </message>
    <message>
        <source>No serial port is here. Plug a glove in.</source>
        <translation>Không có cổng nối tiếp nào. Hãy cắm găng tay vào.</translation>
    </message>
    <message>
        <source>{spec}: nothing described by {name} is sent there</source>
        <translation>{spec}: {name} không được gửi theo đường này</translation>
    </message>
    <message>
        <source>Serial ports cannot be listed: {reason}</source>
        <translation>Không liệt kê được cổng nối tiếp: {reason}</translation>
    </message>
    <message>
        <source>{file}: field {field}: {reason}</source>
        <translation>{file}: mục {field}: {reason}</translation>
    </message>
    <message>
        <source>{name}: there is no such recipe for a glove</source>
        <translation>{name}: không có mô tả găng tay này</translation>
    </message>
    <message>
        <source>{name}: {count} values a line come, and which is which is not clear. Turn the glove about.</source>
        <translation>{name}: mỗi dòng có {count} giá trị và chưa rõ giá trị nào là gì. Hãy xoay găng qua lại.</translation>
    </message>
    <message>
        <source>{name}: what comes is neither text nor a known kind of packets</source>
        <translation>{name}: dữ liệu gửi tới không phải chữ, cũng không phải loại gói đã biết</translation>
    </message>
    <message>
        <source>{name}: it sends no accelerations, which are needed</source>
        <translation>{name}: thiết bị không gửi gia tốc, mà gia tốc thì cần</translation>
    </message>
    <message>
        <source>{name}: it takes gravity out and sends no orientation. Set it to send raw accelerations.</source>
        <translation>{name}: thiết bị đã bỏ trọng lực và không gửi hướng. Hãy đặt nó gửi gia tốc thô.</translation>
    </message>
    <message>
        <source>{name}: it has no gyroscope and sends no orientation; both are missing</source>
        <translation>{name}: không có con quay và cũng không gửi hướng; thiếu cả hai</translation>
    </message>
    <message>
        <source>{name}: it tells how fingers bend, but not how the hand moves</source>
        <translation>{name}: chỉ cho biết ngón tay gập thế nào, không cho biết bàn tay chuyển động ra sao</translation>
    </message>
    <message>
        <source>{name}: the sensor repeats itself while the hand moves. Switch it off and on.</source>
        <translation>{name}: cảm biến lặp lại cùng một số trong khi tay đang chuyển động. Hãy tắt rồi bật lại.</translation>
    </message>
    <message>
        <source>{name}: say first how it is worn: hold still, then circle one hand</source>
        <translation>{name}: trước hết hãy cho biết cách đeo: giữ yên, rồi vẽ vòng tròn bằng một tay</translation>
    </message>
    <message>
        <source>{name}: another sensor is on the left hand already. Say which hand this one is on: open “Glove…”, “Hold still, circle”, “Correct it”.</source>
        <translation>{name}: tay trái đã có một cảm biến khác. Hãy cho biết cái này đeo ở tay nào: mở “Găng tay…”, “Giữ yên, vẽ vòng”, “Sửa lại”.</translation>
    </message>
    <message>
        <source>{name}: another sensor is on the right hand already. Say which hand this one is on: open “Glove…”, “Hold still, circle”, “Correct it”.</source>
        <translation>{name}: tay phải đã có một cảm biến khác. Hãy cho biết cái này đeo ở tay nào: mở “Găng tay…”, “Giữ yên, vẽ vòng”, “Sửa lại”.</translation>
    </message>
    <message>
        <source>{name}: it tells how fingers bend, and this vocabulary asks how the hand moves. Choose a vocabulary for gloves.</source>
        <translation>{name}: găng này cho biết các ngón gập thế nào, còn bộ từ vựng này cần biết bàn tay chuyển động ra sao. Hãy chọn bộ từ vựng dành cho găng tay.</translation>
    </message>
    <message>
        <source>{name}: this vocabulary needs a glove that tells {count} angles of fingers, and this one tells how the hand moves. Choose another vocabulary.</source>
        <translation>{name}: bộ từ vựng này cần găng đo {count} góc ngón tay, còn găng này đo chuyển động của bàn tay. Hãy chọn bộ từ vựng khác.</translation>
    </message>
    <message>
        <source>{name}: this vocabulary needs {count} angles of fingers, and this glove tells {found}. Choose another vocabulary.</source>
        <translation>{name}: bộ từ vựng này cần {count} góc ngón tay, còn găng này đo {found}. Hãy chọn bộ từ vựng khác.</translation>
    </message>
    <message>
        <source>{name}: this vocabulary needs a glove, and no camera (--glove)</source>
        <translation>{name}: bộ từ vựng này cần găng tay, không cần camera (--glove)</translation>
    </message>
    <message>
        <source>{name}: another SignMirror writes it just now. How the glove is worn is known until this one ends; fit it again later to keep that.</source>
        <translation>{name}: một SignMirror khác đang ghi tệp này. Cách đeo găng chỉ được nhớ cho đến khi chương trình này đóng; lát nữa hãy chỉnh lại để lưu.</translation>
    </message>
    <message>
        <source>{name} (left)</source>
        <translation>{name} (trái)</translation>
    </message>
    <message>
        <source>{name} (right)</source>
        <translation>{name} (phải)</translation>
    </message>
    <message>
        <source>{name}: lay your hand down and keep it still for two seconds</source>
        <translation>{name}: đặt tay xuống và giữ yên hai giây</translation>
    </message>
    <message>
        <source>{name}: hold your forearm level with the palm down, and keep it still for a second</source>
        <translation>{name}: giơ cẳng tay ngang, lòng bàn tay úp xuống, và giữ yên một giây</translation>
    </message>
    <message>
        <source>{name}: draw large circles with this hand and turn your wrist; keep the other hand still</source>
        <translation>{name}: vẽ những vòng tròn lớn bằng tay này và xoay cổ tay; tay kia giữ yên</translation>
    </message>
    <message>
        <source>{name}: go on, and turn your wrist every way: palm up, palm down, fingers up, fingers down</source>
        <translation>{name}: tiếp tục, xoay cổ tay mọi phía: ngửa, úp, ngón lên, ngón xuống</translation>
    </message>
    <message>
        <source>{name}: calibrated. Take it off and on as you like, the same way.</source>
        <translation>{name}: đã xong. Bạn có thể tháo ra và đeo lại theo cùng cách.</translation>
    </message>
    <message>
        <source>{name} sends acceleration without gravity, and signs cannot be told by that. Switch it to raw acceleration, or choose another channel.</source>
        <translation>{name} gửi gia tốc đã bỏ trọng lực nên không nhận ra ký hiệu được. Hãy chuyển sang gia tốc thô hoặc chọn kênh khác.</translation>
    </message>
    <message>
        <source>{name}: at rest its acceleration is {length}, which fits no known unit. Check which columns are the acceleration.</source>
        <translation>{name}: khi đứng yên gia tốc là {length}, không hợp đơn vị nào. Hãy xem lại cột nào là gia tốc.</translation>
    </message>
    <message>
        <source>{name}: the unit of its rates is not known yet. Go on turning your wrist.</source>
        <translation>{name}: chưa biết đơn vị của tốc độ quay. Hãy tiếp tục xoay cổ tay.</translation>
    </message>
    <message>
        <source>{name}: how it sits on your arm could not be seen. If the two curves do not match, turn it by the buttons, or calibrate again with your hands in view.</source>
        <translation>{name}: không thấy rõ găng nằm trên tay thế nào. Nếu hai đường cong không khớp, hãy xoay bằng các nút, hoặc làm lại với đôi tay trong khung hình.</translation>
    </message>
    <message>
        <source>{name}: which hand wears it could not be seen. Choose the hand.</source>
        <translation>{name}: không thấy rõ tay nào đeo. Hãy chọn tay.</translation>
    </message>
    <message>
        <source>{name} moves as your left hand does, but the right one is chosen. Change it if that is wrong.</source>
        <translation>{name} chuyển động như tay trái của bạn, nhưng đang chọn tay phải. Hãy đổi nếu sai.</translation>
    </message>
    <message>
        <source>{name} moves as your right hand does, but the left one is chosen. Change it if that is wrong.</source>
        <translation>{name} chuyển động như tay phải của bạn, nhưng đang chọn tay trái. Hãy đổi nếu sai.</translation>
    </message>
    <message>
        <source>{name}: the signs were learnt from armbands on the forearm. On the hand or the wrist fewer will be right; wear it below the elbow if you can.</source>
        <translation>{name}: các ký hiệu được học từ vòng đeo ở cẳng tay. Đeo ở bàn tay hay cổ tay sẽ đúng ít hơn; nếu được hãy đeo ngay dưới khuỷu tay.</translation>
    </message>
    <message>
        <source>{name} is damaged. The gloves that are known here stay calibrated; calibrate any other again.</source>
        <translation>{name} bị hỏng. Những găng đang được nhớ ở đây vẫn giữ cách đeo; găng khác thì hãy làm lại.</translation>
    </message>
    <message>
        <source>{name} is damaged: how gloves were worn is forgotten. Calibrate them again.</source>
        <translation>{name} bị hỏng: cách đeo găng đã bị quên. Hãy làm lại.</translation>
    </message>
    <message>
        <source>{name} cannot be written ({reason}): the calibration holds until the program ends</source>
        <translation>Không ghi được {name} ({reason}): cách đeo chỉ được nhớ đến khi đóng chương trình</translation>
    </message>
    <message>
        <source>acceleration in {unit}</source>
        <translation>gia tốc tính bằng {unit}</translation>
    </message>
    <message>
        <source>rate of turning in {unit}</source>
        <translation>tốc độ quay tính bằng {unit}</translation>
    </message>
    <message>
        <source>on your left hand</source>
        <translation>ở tay trái của bạn</translation>
    </message>
    <message>
        <source>on your right hand</source>
        <translation>ở tay phải của bạn</translation>
    </message>
    <message>
        <source>how it sits on your arm was seen</source>
        <translation>đã thấy rõ găng nằm trên tay thế nào</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>đĩa đã đầy</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>đã dùng hết hạn mức đĩa</translation>
    </message>
    <message>
        <source>File too large</source>
        <translation>tệp quá lớn</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>không có quyền</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>thao tác không được phép</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>ổ đĩa chỉ cho đọc</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>không có tệp hoặc thư mục này</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>tệp đã có sẵn</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>không phải thư mục</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>là một thư mục</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>tên tệp quá dài</translation>
    </message>
    <message>
        <source>Invalid argument</source>
        <translation>tên hoặc giá trị không hợp lệ</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>lỗi đọc ghi</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>có quá nhiều tệp đang mở</translation>
    </message>
    <message>
        <source>Device or resource busy</source>
        <translation>thiết bị đang bận</translation>
    </message>
    <message>
        <source>No such device</source>
        <translation>không có thiết bị này</translation>
    </message>
    <message>
        <source>Cannot allocate memory</source>
        <translation>không đủ bộ nhớ</translation>
    </message>
    <message>
        <source>Connection refused</source>
        <translation>kết nối bị từ chối</translation>
    </message>
    <message>
        <source>Connection reset by peer</source>
        <translation>bên kia đã ngắt kết nối</translation>
    </message>
    <message>
        <source>Broken pipe</source>
        <translation>kết nối bị đứt</translation>
    </message>
    <message>
        <source>Connection timed out</source>
        <translation>hết thời gian chờ kết nối</translation>
    </message>
    <message>
        <source>Network is unreachable</source>
        <translation>không kết nối được mạng</translation>
    </message>
    <message>
        <source>No route to host</source>
        <translation>không có đường đến máy chủ</translation>
    </message>
    <message>
        <source>This computer has no such address</source>
        <translation>Máy tính này không có địa chỉ đó</translation>
    </message>
    <message>
        <source>No computer of this name is known</source>
        <translation>Không tìm thấy máy tính nào có tên này</translation>
    </message>
    <message>
        <source>Names of computers cannot be looked up now</source>
        <translation>Hiện không tra được tên máy tính</translation>
    </message>
    <message>
        <source>This is no serial port</source>
        <translation>Đây không phải cổng nối tiếp</translation>
    </message>
    <message>
        <source>This computer does not know addresses of this kind</source>
        <translation>Máy tính này không dùng được loại địa chỉ này</translation>
    </message>
    <message>
        <source>This computer does not know connections of this kind</source>
        <translation>Máy tính này không dùng được loại kết nối này</translation>
    </message>
    <message>
        <source>Links lead back to themselves</source>
        <translation>Các liên kết dẫn vòng về chính chúng</translation>
    </message>
    <message>
        <source>The pictures stopped during the take. Check the camera, record it again.</source>
        <translation>Hình bị dừng trong khi ghi. Hãy kiểm tra camera rồi ghi lại.</translation>
    </message>
    <message>
        <source>The video began again during the take. Record it again.</source>
        <translation>Phim chạy lại từ đầu trong khi ghi. Hãy ghi lại.</translation>
    </message>
    <message>
        <source>Too few pictures came in during the take. Record it again.</source>
        <translation>Có quá ít hình trong khi ghi. Hãy ghi lại.</translation>
    </message>
    <message>
        <source>The glove fell silent during the take. Check it, and record it again.</source>
        <translation>Găng tay im lặng trong khi ghi. Hãy kiểm tra găng rồi ghi lại.</translation>
    </message>
    <message>
        <source>{folder}: {name} cannot be deleted ({reason}); it is still there</source>
        <translation>{folder}: không xóa được {name} ({reason}); bản ghi vẫn còn ở đó</translation>
    </message>
    <message>
        <source>{folder}: the take cannot be written there ({reason}); nothing of it is kept. Choose another folder.</source>
        <translation>{folder}: không ghi được bản ghi vào đây ({reason}); không giữ lại phần nào của nó. Hãy chọn thư mục khác.</translation>
    </message>
    <message>
        <source>Write the name of the sign, and of who signs.</source>
        <translation>Hãy viết tên ký hiệu và tên người làm ký hiệu.</translation>
    </message>
</context>
<context>
    <name>FindStep</name>
    <message>
        <source>Take off</source>
        <translation>Tháo ra</translation>
    </message>
    <message>
        <source>Wear it</source>
        <translation>Đeo</translation>
    </message>
    <message>
        <source>Nothing is found yet. Plug the glove in, or switch it on.</source>
        <translation>Chưa tìm thấy gì. Hãy cắm găng tay vào hoặc bật lên.</translation>
    </message>
    <message>
        <source>Plug the glove in or switch it on. Choose it in the list, then “Wear it”.</source>
        <translation>Cắm găng tay vào hoặc bật lên. Chọn nó trong danh sách rồi bấm “Đeo”.</translation>
    </message>
    <message>
        <source>&amp;Or write its address:</source>
        <translation>&amp;Hoặc viết địa chỉ:</translation>
    </message>
    <message>
        <source>Listen to other devices of this network too (phones, OSC)</source>
        <translation>Nghe cả các thiết bị khác trong mạng này (điện thoại, OSC)</translation>
    </message>
    <message>
        <source>Gloves that are found</source>
        <translation>Các găng tay tìm thấy</translation>
    </message>
</context>
<context>
    <name>FitStep</name>
    <message>
        <source>Stop</source>
        <translation>Dừng</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Bắt đầu</translation>
    </message>
    <message>
        <source>Put a glove on first: “Find the glove”.</source>
        <translation>Trước hết hãy đeo găng: “Tìm găng tay”.</translation>
    </message>
    <message>
        <source>It is remembered how this glove is worn. “Begin” finds it out anew.</source>
        <translation>Chương trình còn nhớ cách đeo găng này. “Bắt đầu” sẽ tìm lại từ đầu.</translation>
    </message>
    <message>
        <source>Say where you wear it, then “Begin”. It takes half a minute.</source>
        <translation>Hãy cho biết bạn đeo ở đâu rồi bấm “Bắt đầu”. Mất nửa phút.</translation>
    </message>
    <message>
        <source>&amp;Worn on the</source>
        <translation>Đeo &amp;ở</translation>
    </message>
    <message>
        <source>forearm</source>
        <translation>cẳng tay</translation>
    </message>
    <message>
        <source>wrist</source>
        <translation>cổ tay</translation>
    </message>
    <message>
        <source>hand</source>
        <translation>bàn tay</translation>
    </message>
    <message>
        <source>Correct it:</source>
        <translation>Sửa lại:</translation>
    </message>
    <message>
        <source>Left hand</source>
        <translation>Tay trái</translation>
    </message>
    <message>
        <source>Right hand</source>
        <translation>Tay phải</translation>
    </message>
    <message>
        <source>Turn %1</source>
        <translation>Xoay %1</translation>
    </message>
    <message>
        <source>It sits a quarter of a turn further about this axis</source>
        <translation>Găng nằm lệch thêm một phần tư vòng quanh trục này</translation>
    </message>
</context>
<context>
    <name>GloveControl</name>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>GloveDialog</name>
    <message>
        <source>Glove</source>
        <translation>Găng tay</translation>
    </message>
    <message>
        <source>Find the glove</source>
        <translation>Tìm găng tay</translation>
    </message>
    <message>
        <source>Hold still, circle</source>
        <translation>Giữ yên, vẽ vòng</translation>
    </message>
    <message>
        <source>Same time as the camera</source>
        <translation>Cùng giờ với camera</translation>
    </message>
    <message>
        <source>Record for training</source>
        <translation>Ghi để huấn luyện</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Ký hiệu</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
</context>
<context>
    <name>GloveTexts</name>
    <message>
        <source>left wrist</source>
        <translation>cổ tay trái</translation>
    </message>
    <message>
        <source>right wrist</source>
        <translation>cổ tay phải</translation>
    </message>
    <message>
        <source>fingers</source>
        <translation>ngón tay</translation>
    </message>
    <message>
        <source>repeats itself</source>
        <translation>lặp lại một số</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>im lặng</translation>
    </message>
    <message>
        <source>%1 a second</source>
        <translation>%1 lần/giây</translation>
    </message>
    <message>
        <source>%1 lost</source>
        <translation>mất %1</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Đang kết nối…</translation>
    </message>
    <message>
        <source>Connected, but nothing comes</source>
        <translation>Đã kết nối nhưng chưa có gì gửi tới</translation>
    </message>
    <message>
        <source>What comes cannot be read</source>
        <translation>Không đọc được dữ liệu gửi tới</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>Hoạt động tốt</translation>
    </message>
    <message>
        <source>Gone; it is looked for</source>
        <translation>Mất kết nối; đang tìm lại</translation>
    </message>
    <message>
        <source>Cannot be connected</source>
        <translation>Không kết nối được</translation>
    </message>
    <message>
        <source>Taken off</source>
        <translation>Đã tháo ra</translation>
    </message>
    <message>
        <source>It is slow: move it closer, or use a cable.</source>
        <translation>Găng gửi chậm: hãy để gần hơn hoặc dùng dây.</translation>
    </message>
</context>
<context>
    <name>KeyHelp</name>
    <message>
        <source>To the next button or list</source>
        <translation>Đến nút hoặc danh sách kế tiếp</translation>
    </message>
    <message>
        <source>With an underlined letter: that menu, button or list</source>
        <translation>Cùng một chữ gạch chân: trình đơn, nút hoặc danh sách đó</translation>
    </message>
    <message>
        <source>In the list of signs: choose all</source>
        <translation>Trong danh sách ký hiệu: chọn tất cả</translation>
    </message>
    <message>
        <source>In the list of signs: to the newest</source>
        <translation>Trong danh sách ký hiệu: đến ký hiệu mới nhất</translation>
    </message>
    <message>
        <source>While teaching: record, then keep the take</source>
        <translation>Khi dạy: ghi, rồi giữ lần ghi</translation>
    </message>
    <message>
        <source>While teaching: back, then close</source>
        <translation>Khi dạy: quay lại, rồi đóng</translation>
    </message>
</context>
<context>
    <name>LessonChooser</name>
    <message>
        <source>All words: the ten most alike</source>
        <translation>Tất cả các từ: mười từ giống nhất</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>Bài học</translation>
    </message>
    <message>
        <source>In a lesson one sign is named; of all words, ten are listed</source>
        <translation>Trong một bài học, một ký hiệu được gọi tên; với tất cả các từ, mười từ được liệt kê</translation>
    </message>
</context>
<context>
    <name>LetterStep</name>
    <message>
        <source>Sign with the glove</source>
        <translation>Hãy làm ký hiệu với găng tay</translation>
    </message>
    <message>
        <source>Put on the glove</source>
        <translation>Hãy đeo găng tay</translation>
    </message>
    <message>
        <source>How good it is was measured on the people who recorded it, and on nobody else: on another hand it may well be wrong more often.</source>
        <translation>Độ chính xác chỉ được đo trên chính những người đã ghi dữ liệu: với bàn tay khác, chương trình có thể sai nhiều hơn.</translation>
    </message>
</context>
<context>
    <name>LiveBody</name>
    <message>
        <source>In a larger window the traces stand here.</source>
        <translation>Cửa sổ rộng hơn sẽ hiện đồ thị ở đây.</translation>
    </message>
</context>
<context>
    <name>LiveNotes</name>
    <message>
        <source>no sign</source>
        <translation>không có ký hiệu</translation>
    </message>
    <message>
        <source>Nobody in view</source>
        <translation>Không có ai trong hình</translation>
    </message>
    <message>
        <source>Too dark</source>
        <translation>Quá tối</translation>
    </message>
    <message>
        <source>Too far away</source>
        <translation>Ở quá xa</translation>
    </message>
    <message>
        <source>No hands in view</source>
        <translation>Không thấy tay</translation>
    </message>
    <message>
        <source>Showing: %1</source>
        <translation>Đang chiếu: %1</translation>
    </message>
    <message>
        <source>Showing: %1 – recognised: %2</source>
        <translation>Đang chiếu: %1 – nhận ra: %2</translation>
    </message>
    <message>
        <source>Your computer is busy: no simulated traces now</source>
        <translation>Máy đang bận: tạm thời không có đồ thị mô phỏng</translation>
    </message>
</context>
<context>
    <name>LivePage</name>
    <message>
        <source>No picture. Choose another source above.</source>
        <translation>Không có hình. Hãy chọn nguồn khác ở phía trên.</translation>
    </message>
    <message>
        <source>Opening the source…</source>
        <translation>Đang mở nguồn…</translation>
    </message>
    <message>
        <source>Choose another source…</source>
        <translation>Chọn nguồn khác…</translation>
    </message>
    <message>
        <source>This vocabulary cannot be used.</source>
        <translation>Không dùng được bộ từ vựng này.</translation>
    </message>
    <message>
        <source>Choose another vocabulary…</source>
        <translation>Chọn bộ từ vựng khác…</translation>
    </message>
    <message>
        <source>This source cannot be used.</source>
        <translation>Không dùng được nguồn này.</translation>
    </message>
    <message>
        <source>The video has ended.</source>
        <translation>Video đã kết thúc.</translation>
    </message>
    <message>
        <source>No camera found – showing recorded motions</source>
        <translation>Không tìm thấy camera – đang chiếu các chuyển động mẫu</translation>
    </message>
    <message>
        <source>Taught signs cannot be used.</source>
        <translation>Không dùng được các ký hiệu đã dạy.</translation>
    </message>
    <message>
        <source>Loading networks…</source>
        <translation>Đang tải…</translation>
    </message>
    <message>
        <source>No vocabulary</source>
        <translation>Chưa có bộ từ vựng</translation>
    </message>
    <message>
        <source>Sign to the camera</source>
        <translation>Hãy ký hiệu trước camera</translation>
    </message>
    <message>
        <source>&amp;Source</source>
        <translation>&amp;Nguồn</translation>
    </message>
    <message>
        <source>The source stopped: %1.</source>
        <translation>Nguồn đã dừng: %1.</translation>
    </message>
    <message>
        <source>Trying again…</source>
        <translation>Đang thử lại…</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Sign with the glove</source>
        <translation>Hãy làm ký hiệu với găng tay</translation>
    </message>
    <message>
        <source>Put on the glove (Ctrl+G)</source>
        <translation>Hãy đeo găng tay (Ctrl+G)</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>Không có hình</translation>
    </message>
    <message>
        <source>no sign</source>
        <translation>không có ký hiệu</translation>
    </message>
    <message>
        <source>V&amp;ocabulary</source>
        <translation>&amp;Bộ từ vựng</translation>
    </message>
    <message>
        <source>Most likely signs</source>
        <translation>Ký hiệu có khả năng nhất</translation>
    </message>
    <message>
        <source>Most alike</source>
        <translation>Giống nhất</translation>
    </message>
    <message>
        <source>Signs so far</source>
        <translation>Các ký hiệu đã làm</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Sao chép</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Xóa</translation>
    </message>
    <message>
        <source>Source of the picture</source>
        <translation>Nguồn hình ảnh</translation>
    </message>
    <message>
        <source>Vocabulary to recognise</source>
        <translation>Bộ từ vựng cần nhận dạng</translation>
    </message>
    <message>
        <source>Mirror picture</source>
        <translation>Hình trong gương</translation>
    </message>
    <message>
        <source>Recognised sign</source>
        <translation>Ký hiệu nhận ra</translation>
    </message>
    <message>
        <source>Traces of both wrists</source>
        <translation>Đồ thị của hai cổ tay</translation>
    </message>
    <message>
        <source>Speed of recognition</source>
        <translation>Tốc độ nhận dạng</translation>
    </message>
    <message>
        <source>Source, vocabulary and switches</source>
        <translation>Nguồn, bộ từ vựng và các nút bật tắt</translation>
    </message>
    <message>
        <source>Picture and traces</source>
        <translation>Hình và đồ thị</translation>
    </message>
    <message>
        <source>Recognised signs</source>
        <translation>Các ký hiệu nhận ra</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Trực tiếp</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>&amp;Picture</source>
        <translation>&amp;Hình ảnh</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Xem</translation>
    </message>
    <message>
        <source>Si&amp;gns</source>
        <translation>&amp;Ký hiệu</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>Trợ &amp;giúp</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>&amp;Màu sắc</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Ngôn ngữ</translation>
    </message>
    <message>
        <source>Open &amp;video file…</source>
        <translation>Mở tệp &amp;video…</translation>
    </message>
    <message>
        <source>Choose &amp;source…</source>
        <translation>Chọn &amp;nguồn…</translation>
    </message>
    <message>
        <source>&amp;Network camera…</source>
        <translation>Camera &amp;mạng…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>T&amp;hoát</translation>
    </message>
    <message>
        <source>Show &amp;skeleton</source>
        <translation>Hiện &amp;khung xương</translation>
    </message>
    <message>
        <source>Show &amp;traces</source>
        <translation>Hiện đồ t&amp;hị</translation>
    </message>
    <message>
        <source>Show &amp;details</source>
        <translation>Hiện &amp;chi tiết</translation>
    </message>
    <message>
        <source>&amp;Full screen: picture and sign alone</source>
        <translation>&amp;Toàn màn hình: chỉ hình và ký hiệu</translation>
    </message>
    <message>
        <source>I sign with my &amp;left hand</source>
        <translation>Tôi ký hiệu bằng tay &amp;trái</translation>
    </message>
    <message>
        <source>&amp;Teach a sign…</source>
        <translation>&amp;Dạy ký hiệu…</translation>
    </message>
    <message>
        <source>&amp;Glove…</source>
        <translation>&amp;Găng tay…</translation>
    </message>
    <message>
        <source>&amp;Copy signs</source>
        <translation>&amp;Sao chép các ký hiệu</translation>
    </message>
    <message>
        <source>Clea&amp;r signs</source>
        <translation>&amp;Xóa các ký hiệu</translation>
    </message>
    <message>
        <source>&amp;Undo clear</source>
        <translation>&amp;Hoàn tác việc xóa</translation>
    </message>
    <message>
        <source>&amp;Keyboard</source>
        <translation>&amp;Bàn phím</translation>
    </message>
    <message>
        <source>&amp;About SignMirror</source>
        <translation>&amp;Giới thiệu SignMirror</translation>
    </message>
    <message>
        <source>Skeleton</source>
        <translation>Khung xương</translation>
    </message>
    <message>
        <source>Traces</source>
        <translation>Đồ thị</translation>
    </message>
    <message>
        <source>Left-handed</source>
        <translation>Thuận tay trái</translation>
    </message>
    <message>
        <source>Teach a sign…</source>
        <translation>Dạy ký hiệu…</translation>
    </message>
    <message>
        <source>Glove…</source>
        <translation>Găng tay…</translation>
    </message>
    <message>
        <source>As the computer</source>
        <translation>Theo máy tính</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Sáng</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Tối</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Bàn phím</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
</context>
<context>
    <name>PictureMenu</name>
    <message>
        <source>&amp;Mirrored</source>
        <translation>Như trong &amp;gương</translation>
    </message>
    <message>
        <source>&amp;Turn</source>
        <translation>&amp;Xoay hình</translation>
    </message>
    <message>
        <source>&amp;Upright</source>
        <translation>&amp;Không xoay</translation>
    </message>
    <message>
        <source>A quarter to the &amp;right</source>
        <translation>Một phần tư vòng sang &amp;phải</translation>
    </message>
    <message>
        <source>Upside &amp;down</source>
        <translation>&amp;Lộn ngược</translation>
    </message>
    <message>
        <source>A quarter to the &amp;left</source>
        <translation>Một phần tư vòng sang &amp;trái</translation>
    </message>
    <message>
        <source>Camera &amp;resolution</source>
        <translation>Độ &amp;phân giải camera</translation>
    </message>
    <message>
        <source>&amp;Automatic</source>
        <translation>Tự độn&amp;g</translation>
    </message>
</context>
<context>
    <name>Presentation</name>
    <message>
        <source>Back to the whole window: Esc</source>
        <translation>Về lại toàn cửa sổ: Esc</translation>
    </message>
</context>
<context>
    <name>QAbstractFileIconProvider</name>
    <message>
        <source>%1 File</source>
        <translation>Tệp %1</translation>
    </message>
    <message>
        <source>Alias</source>
        <translation>Bí danh</translation>
    </message>
    <message>
        <source>Drive</source>
        <translation>Ổ đĩa</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Tệp</translation>
    </message>
    <message>
        <source>File Folder</source>
        <translation>Thư mục</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Thư mục</translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation>Lối tắt</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Không rõ</translation>
    </message>
</context>
<context>
    <name>QAbstractSpinBox</name>
    <message>
        <source>&amp;Select All</source>
        <translation>Chọn &amp;tất cả</translation>
    </message>
    <message>
        <source>&amp;Step up</source>
        <translation>Tă&amp;ng</translation>
    </message>
    <message>
        <source>Step &amp;down</source>
        <translation>&amp;Giảm</translation>
    </message>
</context>
<context>
    <name>QAccessibleActionInterface</name>
    <message>
        <source>Decrease</source>
        <translation>Giảm</translation>
    </message>
    <message>
        <source>Decrease the value</source>
        <translation>Giảm giá trị</translation>
    </message>
    <message>
        <source>Goes back a page</source>
        <translation>Lùi một trang</translation>
    </message>
    <message>
        <source>Goes to the next page</source>
        <translation>Sang trang sau</translation>
    </message>
    <message>
        <source>Increase</source>
        <translation>Tăng</translation>
    </message>
    <message>
        <source>Increase the value</source>
        <translation>Tăng giá trị</translation>
    </message>
    <message>
        <source>Next Page</source>
        <translation>Trang sau</translation>
    </message>
    <message>
        <source>Press</source>
        <translation>Nhấn</translation>
    </message>
    <message>
        <source>Previous Page</source>
        <translation>Trang trước</translation>
    </message>
    <message>
        <source>Scroll Down</source>
        <translation>Cuộn xuống</translation>
    </message>
    <message>
        <source>Scroll Left</source>
        <translation>Cuộn sang trái</translation>
    </message>
    <message>
        <source>Scroll Right</source>
        <translation>Cuộn sang phải</translation>
    </message>
    <message>
        <source>Scroll Up</source>
        <translation>Cuộn lên</translation>
    </message>
    <message>
        <source>Scrolls down</source>
        <translation>Cuộn xuống dưới</translation>
    </message>
    <message>
        <source>Scrolls to the left</source>
        <translation>Cuộn về bên trái</translation>
    </message>
    <message>
        <source>Scrolls to the right</source>
        <translation>Cuộn về bên phải</translation>
    </message>
    <message>
        <source>Scrolls up</source>
        <translation>Cuộn lên trên</translation>
    </message>
    <message>
        <source>SetFocus</source>
        <translation>Chọn</translation>
    </message>
    <message>
        <source>Sets the focus</source>
        <translation>Đưa con trỏ đến đây</translation>
    </message>
    <message>
        <source>ShowMenu</source>
        <translation>Mở trình đơn</translation>
    </message>
    <message>
        <source>Shows the menu</source>
        <translation>Mở trình đơn của mục này</translation>
    </message>
    <message>
        <source>Toggle</source>
        <translation>Bật tắt</translation>
    </message>
    <message>
        <source>Toggles the state</source>
        <translation>Đổi trạng thái</translation>
    </message>
    <message>
        <source>Triggers the action</source>
        <translation>Thực hiện</translation>
    </message>
</context>
<context>
    <name>QComboBox</name>
    <message>
        <source>False</source>
        <translation>Sai</translation>
    </message>
    <message>
        <source>Open the combo box selection popup</source>
        <translation>Mở danh sách lựa chọn</translation>
    </message>
    <message>
        <source>True</source>
        <translation>Đúng</translation>
    </message>
</context>
<context>
    <name>QDialog</name>
    <message>
        <source>What&apos;s This?</source>
        <translation>Đây là gì?</translation>
    </message>
</context>
<context>
    <name>QDialogButtonBox</name>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>%1
Directory not found.
Please verify the correct directory name was given.</source>
        <translation>%1
Không tìm thấy thư mục.
Hãy kiểm tra lại tên thư mục.</translation>
    </message>
    <message>
        <source>%1
File not found.
Please verify the correct file name was given.</source>
        <translation>%1
Không tìm thấy tệp.
Hãy kiểm tra lại tên tệp.</translation>
    </message>
    <message>
        <source>%1 already exists.
Do you want to replace it?</source>
        <translation>%1 đã có sẵn.
Bạn có muốn thay thế không?</translation>
    </message>
    <message>
        <source>&amp;Choose</source>
        <translation>&amp;Chọn</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Xóa</translation>
    </message>
    <message>
        <source>&amp;Look in:</source>
        <translation>&amp;Tìm trong:</translation>
    </message>
    <message>
        <source>&amp;New Folder</source>
        <translation>Thư mục &amp;mới</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Mở</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>Đổi &amp;tên</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Lưu</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is write protected.
Do you want to delete it anyway?</source>
        <translation>“%1” được bảo vệ, không cho ghi.
Bạn vẫn muốn xóa?</translation>
    </message>
    <message>
        <source>All Files (*)</source>
        <translation>Mọi tệp (*)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Mọi tệp (*)</translation>
    </message>
    <message>
        <source>Alt+Left</source>
        <translation>Alt+Left</translation>
    </message>
    <message>
        <source>Alt+Right</source>
        <translation>Alt+Right</translation>
    </message>
    <message>
        <source>Alt+Up</source>
        <translation>Alt+Up</translation>
    </message>
    <message>
        <source>Are you sure you want to delete &apos;%1&apos;?</source>
        <translation>Bạn có chắc muốn xóa “%1”?</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Lùi</translation>
    </message>
    <message>
        <source>Change to detail view mode</source>
        <translation>Chuyển sang dạng chi tiết</translation>
    </message>
    <message>
        <source>Change to list view mode</source>
        <translation>Chuyển sang dạng danh sách</translation>
    </message>
    <message>
        <source>Could not delete directory.</source>
        <translation>Không xóa được thư mục.</translation>
    </message>
    <message>
        <source>Create New Folder</source>
        <translation>Tạo thư mục mới</translation>
    </message>
    <message>
        <source>Create a New Folder</source>
        <translation>Tạo một thư mục mới</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Xóa</translation>
    </message>
    <message>
        <source>Detail View</source>
        <translation>Dạng chi tiết</translation>
    </message>
    <message>
        <source>Directories</source>
        <translation>Các thư mục</translation>
    </message>
    <message>
        <source>Directory:</source>
        <translation>Thư mục:</translation>
    </message>
    <message>
        <source>File &amp;name:</source>
        <translation>Tê&amp;n tệp:</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>L&amp;oại tệp:</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Các tệp</translation>
    </message>
    <message>
        <source>Find Directory</source>
        <translation>Tìm thư mục</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Tiến</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Quay lại</translation>
    </message>
    <message>
        <source>Go forward</source>
        <translation>Đi tiếp</translation>
    </message>
    <message>
        <source>Go to the parent directory</source>
        <translation>Lên thư mục cha</translation>
    </message>
    <message>
        <source>List View</source>
        <translation>Dạng danh sách</translation>
    </message>
    <message>
        <source>List of places and bookmarks</source>
        <translation>Danh sách các vị trí và dấu trang</translation>
    </message>
    <message>
        <source>New Folder</source>
        <translation>Thư mục mới</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Mở</translation>
    </message>
    <message>
        <source>Parent Directory</source>
        <translation>Thư mục cha</translation>
    </message>
    <message>
        <source>Recent Places</source>
        <translation>Vị trí gần đây</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Gỡ bỏ</translation>
    </message>
    <message>
        <source>Save As</source>
        <translation>Lưu thành</translation>
    </message>
    <message>
        <source>Show </source>
        <translation>Hiện </translation>
    </message>
    <message>
        <source>Show &amp;hidden files</source>
        <translation>Hiện tệp ẩ&amp;n</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>Thanh bên</translation>
    </message>
</context>
<context>
    <name>QFileSystemModel</name>
    <message>
        <source>Computer</source>
        <translation>Máy tính</translation>
    </message>
    <message>
        <source>Date Modified</source>
        <translation>Ngày sửa đổi</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Tên</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Kích thước</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Kiểu</translation>
    </message>
</context>
<context>
    <name>QGnomeTheme</name>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Hủy</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Đóng</translation>
    </message>
    <message>
        <source>&amp;OK</source>
        <translation>&amp;OK</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Lưu</translation>
    </message>
    <message>
        <source>Close without Saving</source>
        <translation>Đóng mà không lưu</translation>
    </message>
</context>
<context>
    <name>QInputDialog</name>
    <message>
        <source>Enter a value:</source>
        <translation>Nhập một giá trị:</translation>
    </message>
</context>
<context>
    <name>QLineEdit</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Sao chép</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Dán</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Làm lại</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Hoàn tác</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Cắt</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Xóa</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Chọn tất cả</translation>
    </message>
</context>
<context>
    <name>QMessageBox</name>
    <message>
        <source>Help</source>
        <translation>Trợ giúp</translation>
    </message>
    <message>
        <source>Hide Details...</source>
        <translation>Ẩn chi tiết…</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Show Details...</source>
        <translation>Hiện chi tiết…</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>&amp;No</source>
        <translation>&amp;Không</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>&amp;Có</translation>
    </message>
    <message>
        <source>Abort</source>
        <translation>Dừng lại</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Áp dụng</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Hủy</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Bỏ</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Trợ giúp</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>Bỏ qua</translation>
    </message>
    <message>
        <source>N&amp;o to All</source>
        <translation>Không với &amp;mọi mục</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Mở</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Đặt lại</translation>
    </message>
    <message>
        <source>Restore Defaults</source>
        <translation>Khôi phục mặc định</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Thử lại</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Lưu</translation>
    </message>
    <message>
        <source>Save All</source>
        <translation>Lưu tất cả</translation>
    </message>
    <message>
        <source>Yes to &amp;All</source>
        <translation>Có với &amp;tất cả</translation>
    </message>
</context>
<context>
    <name>QScrollBar</name>
    <message>
        <source>Bottom</source>
        <translation>Cuối</translation>
    </message>
    <message>
        <source>Left edge</source>
        <translation>Mép trái</translation>
    </message>
    <message>
        <source>Page down</source>
        <translation>Xuống một trang</translation>
    </message>
    <message>
        <source>Page left</source>
        <translation>Sang trái một trang</translation>
    </message>
    <message>
        <source>Page right</source>
        <translation>Sang phải một trang</translation>
    </message>
    <message>
        <source>Page up</source>
        <translation>Lên một trang</translation>
    </message>
    <message>
        <source>Right edge</source>
        <translation>Mép phải</translation>
    </message>
    <message>
        <source>Scroll down</source>
        <translation>Cuộn xuống</translation>
    </message>
    <message>
        <source>Scroll here</source>
        <translation>Cuộn đến đây</translation>
    </message>
    <message>
        <source>Scroll left</source>
        <translation>Cuộn sang trái</translation>
    </message>
    <message>
        <source>Scroll right</source>
        <translation>Cuộn sang phải</translation>
    </message>
    <message>
        <source>Scroll up</source>
        <translation>Cuộn lên</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>Đầu</translation>
    </message>
</context>
<context>
    <name>QShortcut</name>
    <message>
        <source>Down</source>
        <translation>Mũi tên xuống</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Mũi tên trái</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Mũi tên phải</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Phím cách</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Mũi tên lên</translation>
    </message>
</context>
<context>
    <name>QStandardPaths</name>
    <message>
        <source>Desktop</source>
        <translation>Màn hình nền</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Tài liệu</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Thư mục riêng</translation>
    </message>
    <message>
        <source>Movies</source>
        <translation>Phim</translation>
    </message>
    <message>
        <source>Music</source>
        <translation>Nhạc</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Hình ảnh</translation>
    </message>
</context>
<context>
    <name>QUnicodeControlCharacterMenu</name>
    <message>
        <source>FSI First strong isolate</source>
        <translation>FSI Cô lập theo ký tự mạnh đầu tiên</translation>
    </message>
    <message>
        <source>Insert Unicode control character</source>
        <translation>Chèn ký tự điều khiển Unicode</translation>
    </message>
    <message>
        <source>LRE Start of left-to-right embedding</source>
        <translation>LRE Bắt đầu nhúng từ trái sang phải</translation>
    </message>
    <message>
        <source>LRI Left-to-right isolate</source>
        <translation>LRI Cô lập từ trái sang phải</translation>
    </message>
    <message>
        <source>LRM Left-to-right mark</source>
        <translation>LRM Dấu từ trái sang phải</translation>
    </message>
    <message>
        <source>LRO Start of left-to-right override</source>
        <translation>LRO Bắt đầu ghi đè từ trái sang phải</translation>
    </message>
    <message>
        <source>PDF Pop directional formatting</source>
        <translation>PDF Kết thúc định dạng hướng</translation>
    </message>
    <message>
        <source>PDI Pop directional isolate</source>
        <translation>PDI Kết thúc cô lập hướng</translation>
    </message>
    <message>
        <source>RLE Start of right-to-left embedding</source>
        <translation>RLE Bắt đầu nhúng từ phải sang trái</translation>
    </message>
    <message>
        <source>RLI Right-to-left isolate</source>
        <translation>RLI Cô lập từ phải sang trái</translation>
    </message>
    <message>
        <source>RLM Right-to-left mark</source>
        <translation>RLM Dấu từ phải sang trái</translation>
    </message>
    <message>
        <source>RLO Start of right-to-left override</source>
        <translation>RLO Bắt đầu ghi đè từ phải sang trái</translation>
    </message>
    <message>
        <source>ZWJ Zero width joiner</source>
        <translation>ZWJ Nối không độ rộng</translation>
    </message>
    <message>
        <source>ZWNJ Zero width non-joiner</source>
        <translation>ZWNJ Ngắt nối không độ rộng</translation>
    </message>
    <message>
        <source>ZWSP Zero width space</source>
        <translation>ZWSP Khoảng trắng không độ rộng</translation>
    </message>
</context>
<context>
    <name>QWidgetTextControl</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Sao chép</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Dán</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Làm lại</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Hoàn tác</translation>
    </message>
    <message>
        <source>Copy &amp;Link Location</source>
        <translation>Sao chép đị&amp;a chỉ liên kết</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Cắt</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Xóa</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Chọn tất cả</translation>
    </message>
</context>
<context>
    <name>RecordStep</name>
    <message>
        <source>Kept: %1</source>
        <translation>Đã giữ: %1</translation>
    </message>
    <message>
        <source>Thrown away: %1</source>
        <translation>Đã bỏ: %1</translation>
    </message>
    <message>
        <source>Folder for takes</source>
        <translation>Thư mục cho các lần ghi</translation>
    </message>
    <message>
        <source>Ready… %1</source>
        <translation>Chuẩn bị… %1</translation>
    </message>
    <message>
        <source>Sign now</source>
        <translation>Hãy làm ký hiệu</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Dừng</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Ghi</translation>
    </message>
    <message>
        <source>Kept in %1</source>
        <translation>Giữ trong %1</translation>
    </message>
    <message>
        <source>For whoever trains a vocabulary of their own: where your joints are and what the glove measures is kept, take by take. “graph folder” learns from it, and with films “prepare folder” reads it too.</source>
        <translation>Dành cho người tự huấn luyện bộ từ vựng: mỗi lần ghi giữ lại vị trí các khớp và số đo của găng. Lệnh “graph folder” học từ đó; nếu có phim thì “prepare folder” cũng đọc được.</translation>
    </message>
    <message>
        <source>Si&amp;gn</source>
        <translation>&amp;Ký hiệu</translation>
    </message>
    <message>
        <source>&amp;Who signs</source>
        <translation>&amp;Người làm ký hiệu</translation>
    </message>
    <message>
        <source>&amp;Seconds</source>
        <translation>&amp;Số giây</translation>
    </message>
    <message>
        <source>Another folder…</source>
        <translation>Thư mục khác…</translation>
    </message>
    <message>
        <source>Keep the film too: whoever signs agrees to it</source>
        <translation>Giữ cả phim: người làm ký hiệu đồng ý</translation>
    </message>
    <message>
        <source>Throw the last one away</source>
        <translation>Bỏ lần vừa ghi</translation>
    </message>
</context>
<context>
    <name>SecondCopyNote</name>
    <message>
        <source>SignMirror is already open.</source>
        <translation>SignMirror đang mở rồi.</translation>
    </message>
    <message>
        <source>This window&apos;s choices will not be kept.</source>
        <translation>Các lựa chọn trong cửa sổ này sẽ không được lưu.</translation>
    </message>
    <message>
        <source>Two windows cannot use the same camera.</source>
        <translation>Hai cửa sổ không thể dùng chung một camera.</translation>
    </message>
    <message>
        <source>Close this window</source>
        <translation>Đóng cửa sổ này</translation>
    </message>
    <message>
        <source>Use it all the same</source>
        <translation>Vẫn dùng cửa sổ này</translation>
    </message>
</context>
<context>
    <name>SettingsNotes</name>
    <message>
        <source>Some choices could not be read, because the file is damaged: %1.</source>
        <translation>Không đọc được một số lựa chọn vì tệp bị hỏng: %1.</translation>
    </message>
    <message>
        <source>All others are as you made them.</source>
        <translation>Các lựa chọn khác vẫn như bạn đã đặt.</translation>
    </message>
    <message>
        <source>Your choices will not be remembered: nothing can be written to %1.</source>
        <translation>Các lựa chọn của bạn sẽ không được nhớ: không thể ghi vào %1.</translation>
    </message>
    <message>
        <source>Make room on the disk, or change the rights of this folder.</source>
        <translation>Hãy dọn chỗ trống trên đĩa, hoặc đổi quyền của thư mục này.</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>SourceChooser</name>
    <message>
        <source>Open a video file</source>
        <translation>Mở tệp video</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>No camera found</source>
        <translation>Không tìm thấy camera</translation>
    </message>
    <message>
        <source>Video file…</source>
        <translation>Tệp video…</translation>
    </message>
    <message>
        <source>Network camera…</source>
        <translation>Camera mạng…</translation>
    </message>
    <message>
        <source>All recorded motions</source>
        <translation>Tất cả chuyển động mẫu</translation>
    </message>
    <message>
        <source>Recorded motion: %1</source>
        <translation>Chuyển động mẫu: %1</translation>
    </message>
    <message>
        <source>Camera %1</source>
        <translation>Camera %1</translation>
    </message>
    <message>
        <source>Drawn person</source>
        <translation>Người vẽ bằng máy</translation>
    </message>
    <message>
        <source>Drawn person: %1</source>
        <translation>Người vẽ bằng máy: %1</translation>
    </message>
</context>
<context>
    <name>SpeedMenu</name>
    <message>
        <source>Sp&amp;eed</source>
        <translation>&amp;Tốc độ</translation>
    </message>
    <message>
        <source>&amp;Automatic</source>
        <translation>Tự độn&amp;g</translation>
    </message>
    <message>
        <source>As fast as the computer can; half of that on the battery</source>
        <translation>Nhanh hết mức của máy; khi dùng pin thì một nửa</translation>
    </message>
    <message>
        <source>As &amp;fast as possible</source>
        <translation>&amp;Nhanh nhất có thể</translation>
    </message>
    <message>
        <source>The networks never rest</source>
        <translation>Các mạng nơ-ron làm việc không nghỉ</translation>
    </message>
    <message>
        <source>&amp;Balanced</source>
        <translation>&amp;Cân bằng</translation>
    </message>
    <message>
        <source>The networks rest half of the time</source>
        <translation>Các mạng nơ-ron nghỉ một nửa thời gian</translation>
    </message>
    <message>
        <source>&amp;Saving</source>
        <translation>&amp;Tiết kiệm</translation>
    </message>
    <message>
        <source>For a long day on the battery or in a booth: fewer answers, less heat</source>
        <translation>Cho ngày dài dùng pin hoặc ở quầy trưng bày: ít câu trả lời hơn, máy mát hơn</translation>
    </message>
    <message>
        <source>&amp;Networks run with</source>
        <translation>Chạy mạng nơ-&amp;ron bằng</translation>
    </message>
    <message>
        <source>Whatever is fastest here</source>
        <translation>Cách nhanh nhất trên máy này</translation>
    </message>
</context>
<context>
    <name>Staging</name>
    <message>
        <source>Get ready</source>
        <translation>Chuẩn bị</translation>
    </message>
    <message>
        <source>Sign now</source>
        <translation>Hãy làm ký hiệu</translation>
    </message>
    <message>
        <source>Is this take good?</source>
        <translation>Lần ghi này có tốt không?</translation>
    </message>
    <message>
        <source>Take %1</source>
        <translation>Lần ghi %1</translation>
    </message>
</context>
<context>
    <name>StartFallback</name>
    <message>
        <source>The vocabulary used last cannot be used, another one was taken.</source>
        <translation>Không dùng được bộ từ vựng của lần trước, đã chọn bộ khác.</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>The source used last cannot be opened, another one was taken.</source>
        <translation>Không mở được nguồn của lần trước, đã chọn nguồn khác.</translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message>
        <source>Camera %1 fps</source>
        <translation>Camera %1 hình/giây</translation>
    </message>
    <message>
        <source>Dropped %1</source>
        <translation>Bỏ qua %1</translation>
    </message>
    <message>
        <source>Answers %1 /s</source>
        <translation>Trả lời %1 lần/giây</translation>
    </message>
    <message>
        <source>Networks %1 ms</source>
        <translation>Mạng nơ-ron %1 ms</translation>
    </message>
    <message>
        <source>Longest wait of the window: %1 ms</source>
        <translation>Thời gian chờ lâu nhất của cửa sổ: %1 ms</translation>
    </message>
    <message>
        <source>What the networks run on</source>
        <translation>Các mạng nơ-ron chạy bằng gì</translation>
    </message>
    <message>
        <source>Body and hands %1 ms</source>
        <translation>Thân và tay %1 ms</translation>
    </message>
    <message>
        <source>Picture to answer %1 ms</source>
        <translation>Từ hình đến câu trả lời %1 ms</translation>
    </message>
    <message>
        <source>Networks %1 ms, body and hands only</source>
        <translation>Mạng nơ-ron %1 ms, chỉ thân và tay</translation>
    </message>
    <message>
        <source>Making the networks faster: %1</source>
        <translation>Đang tăng tốc các mạng nơ-ron: %1</translation>
    </message>
    <message>
        <source>Pictures a second that come in</source>
        <translation>Số hình nhận được mỗi giây</translation>
    </message>
    <message>
        <source>Pictures shown but not looked at, to keep up with you</source>
        <translation>Số hình có hiển thị nhưng không phân tích, để theo kịp bạn</translation>
    </message>
    <message>
        <source>How often a second the signs are judged anew</source>
        <translation>Số lần nhận dạng lại mỗi giây</translation>
    </message>
    <message>
        <source>Time to find body and hands in one picture</source>
        <translation>Thời gian tìm thân người và bàn tay trong một hình</translation>
    </message>
    <message>
        <source>Time to judge the last seconds</source>
        <translation>Thời gian nhận dạng những giây vừa qua</translation>
    </message>
    <message>
        <source>From the picture coming in to its answer</source>
        <translation>Từ lúc nhận hình đến lúc có câu trả lời</translation>
    </message>
</context>
<context>
    <name>TakeStrip</name>
    <message>
        <source>Replay take %1</source>
        <translation>Xem lại lần ghi %1</translation>
    </message>
    <message>
        <source>Delete take %1</source>
        <translation>Xóa lần ghi %1</translation>
    </message>
</context>
<context>
    <name>TaughtList</name>
    <message>
        <source>%1 of %2 takes</source>
        <translation>%1 trong %2 lần ghi</translation>
    </message>
    <message>
        <source>%1 takes</source>
        <translation>%1 lần ghi</translation>
    </message>
    <message>
        <source>Taught signs</source>
        <translation>Ký hiệu đã dạy</translation>
    </message>
    <message>
        <source>None yet. Name a sign and record it.</source>
        <translation>Chưa có. Hãy đặt tên một ký hiệu rồi ghi lại.</translation>
    </message>
    <message>
        <source>&amp;New sign</source>
        <translation>Ký hiệu &amp;mới</translation>
    </message>
    <message>
        <source>&amp;Delete this sign…</source>
        <translation>&amp;Xóa ký hiệu này…</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>Nhậ&amp;p…</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>X&amp;uất</translation>
    </message>
    <message>
        <source>This sign…</source>
        <translation>Ký hiệu này…</translation>
    </message>
    <message>
        <source>All signs…</source>
        <translation>Mọi ký hiệu…</translation>
    </message>
</context>
<context>
    <name>TeachDialog</name>
    <message>
        <source>No picture</source>
        <translation>Không có hình</translation>
    </message>
    <message>
        <source>There are no pictures. Close this and choose another source.</source>
        <translation>Không có hình. Hãy đóng cửa sổ này và chọn nguồn khác.</translation>
    </message>
    <message>
        <source>Still loading, one moment…</source>
        <translation>Đang tải, xin chờ một chút…</translation>
    </message>
    <message>
        <source>Damaged takes were left out: %1</source>
        <translation>Số lần ghi bị hỏng đã bỏ qua: %1</translation>
    </message>
    <message>
        <source>Remove them</source>
        <translation>Xóa chúng</translation>
    </message>
    <message>
        <source>Delete &apos;%1&apos; and all its takes?</source>
        <translation>Xóa “%1” và mọi lần ghi của nó?</translation>
    </message>
    <message>
        <source>Delete take %1?</source>
        <translation>Xóa lần ghi %1?</translation>
    </message>
    <message>
        <source>It is the last one, so the sign is deleted too.</source>
        <translation>Đây là lần ghi cuối cùng, nên ký hiệu cũng bị xóa.</translation>
    </message>
    <message>
        <source>Teach a sign</source>
        <translation>Dạy ký hiệu</translation>
    </message>
</context>
<context>
    <name>TeachExchange</name>
    <message>
        <source>Exported to %1.</source>
        <translation>Đã xuất ra %1.</translation>
    </message>
    <message>
        <source>Imported: %1</source>
        <translation>Đã nhập: %1</translation>
    </message>
    <message>
        <source>All signs of this file are here already.</source>
        <translation>Mọi ký hiệu trong tệp này đã có ở đây.</translation>
    </message>
    <message>
        <source>My signs</source>
        <translation>Ký hiệu của tôi</translation>
    </message>
</context>
<context>
    <name>TeachLayout</name>
    <message>
        <source>&amp;Record</source>
        <translation>&amp;Ghi</translation>
    </message>
    <message>
        <source>&amp;Record another take</source>
        <translation>&amp;Ghi thêm một lần</translation>
    </message>
    <message>
        <source>&amp;Back to the mirror</source>
        <translation>&amp;Về lại gương</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Hủy</translation>
    </message>
    <message>
        <source>%1 takes, and there is room for no more.</source>
        <translation>%1 lần ghi, không còn chỗ nữa.</translation>
    </message>
    <message>
        <source>%1 takes: this sign is ready. At most %3 are kept.</source>
        <translation>%1 lần ghi: ký hiệu đã sẵn sàng. Giữ tối đa %3.</translation>
    </message>
    <message>
        <source>%1 of %2 takes: usable now, reliable with %2 or more (at most %3).</source>
        <translation>%1 trong %2 lần ghi: đã dùng được, đáng tin cậy từ %2 lần (tối đa %3).</translation>
    </message>
    <message>
        <source>Record it %2 times or more (at most %3), as you always sign it.</source>
        <translation>Hãy ghi từ %2 lần (tối đa %3), làm ký hiệu như thường ngày.</translation>
    </message>
    <message>
        <source>Name o&amp;f the sign</source>
        <translation>&amp;Tên ký hiệu</translation>
    </message>
    <message>
        <source>Rena&amp;me</source>
        <translation>Đổi tê&amp;n</translation>
    </message>
    <message>
        <source>&amp;Length</source>
        <translation>Độ &amp;dài</translation>
    </message>
    <message>
        <source>Left-&amp;handed</source>
        <translation>Thuận t&amp;ay trái</translation>
    </message>
    <message>
        <source>Taught signs</source>
        <translation>Ký hiệu đã dạy</translation>
    </message>
    <message>
        <source>Teach a sign</source>
        <translation>Dạy ký hiệu</translation>
    </message>
    <message>
        <source>How long a take is</source>
        <translation>Mỗi lần ghi dài bao lâu</translation>
    </message>
    <message>
        <source>&amp;Keep</source>
        <translation>G&amp;iữ</translation>
    </message>
    <message>
        <source>Record a&amp;gain</source>
        <translation>Ghi &amp;lại</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Only how your joints move is stored, never a picture.</source>
        <translation>Chỉ lưu chuyển động các khớp của bạn, không bao giờ lưu hình.</translation>
    </message>
    <message>
        <source>Mirror picture</source>
        <translation>Hình trong gương</translation>
    </message>
    <message>
        <source>Kept takes</source>
        <translation>Các lần ghi đã giữ</translation>
    </message>
</context>
<context>
    <name>TeachQuestions</name>
    <message>
        <source>Delete</source>
        <translation>Xóa</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Hủy</translation>
    </message>
    <message>
        <source>Take not kept</source>
        <translation>Lần ghi chưa được giữ</translation>
    </message>
    <message>
        <source>Throw this take away?</source>
        <translation>Bỏ lần ghi này?</translation>
    </message>
    <message>
        <source>Throw away</source>
        <translation>Bỏ</translation>
    </message>
    <message>
        <source>Look at it again</source>
        <translation>Xem lại</translation>
    </message>
    <message>
        <source>Import taught signs</source>
        <translation>Nhập ký hiệu đã dạy</translation>
    </message>
    <message>
        <source>Export taught signs</source>
        <translation>Xuất ký hiệu đã dạy</translation>
    </message>
    <message>
        <source>Taught signs</source>
        <translation>Ký hiệu đã dạy</translation>
    </message>
</context>
<context>
    <name>TeachTexts</name>
    <message>
        <source>The pictures stopped. Check the camera and record again.</source>
        <translation>Hình đã dừng. Hãy kiểm tra camera rồi ghi lại.</translation>
    </message>
    <message>
        <source>The video began again during the take. Record it again.</source>
        <translation>Video đã chạy lại từ đầu trong lúc ghi. Hãy ghi lại.</translation>
    </message>
    <message>
        <source>Too few pictures came in. Close other programs and record again.</source>
        <translation>Nhận được quá ít hình. Hãy đóng các chương trình khác rồi ghi lại.</translation>
    </message>
    <message>
        <source>Nobody was in view. Step in front of the camera and record again.</source>
        <translation>Không thấy ai. Hãy đứng trước camera rồi ghi lại.</translation>
    </message>
    <message>
        <source>Your hands were out of view. Step back a little and record again.</source>
        <translation>Không thấy tay của bạn. Hãy lùi lại một chút rồi ghi lại.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is in the vocabulary. Your takes add your own way to sign it.</source>
        <translation>“%1” đã có trong bộ từ vựng. Các lần ghi của bạn bổ sung cách bạn làm ký hiệu này.</translation>
    </message>
    <message>
        <source>This looks like &apos;%1&apos;. Recognition may mix them up.</source>
        <translation>Ký hiệu này giống “%1”. Máy có thể nhầm hai ký hiệu.</translation>
    </message>
    <message>
        <source>Choose another sign, or sign it more clearly.</source>
        <translation>Hãy chọn ký hiệu khác, hoặc làm rõ hơn.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is taught already. Choose it in the list to add takes.</source>
        <translation>“%1” đã được dạy. Hãy chọn nó trong danh sách để ghi thêm.</translation>
    </message>
</context>
<context>
    <name>TeachableChoice</name>
    <message>
        <source>Signs of your own cannot be taught to the vocabulary in use.</source>
        <translation>Không thể dạy ký hiệu riêng cho bộ từ vựng đang dùng.</translation>
    </message>
    <message>
        <source>Go on with one that can learn them:</source>
        <translation>Hãy tiếp tục với một bộ có thể học chúng:</translation>
    </message>
</context>
<context>
    <name>TracePlots</name>
    <message>
        <source>measured</source>
        <translation>đo được</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>mô phỏng</translation>
    </message>
    <message>
        <source>left wrist</source>
        <translation>cổ tay trái</translation>
    </message>
    <message>
        <source>right wrist</source>
        <translation>cổ tay phải</translation>
    </message>
    <message>
        <source>Measured accelerometer</source>
        <translation>Gia tốc kế đo được</translation>
    </message>
    <message>
        <source>Measured gyroscope</source>
        <translation>Con quay hồi chuyển đo được</translation>
    </message>
    <message>
        <source>Simulated accelerometer</source>
        <translation>Gia tốc kế mô phỏng</translation>
    </message>
    <message>
        <source>Simulated gyroscope</source>
        <translation>Con quay hồi chuyển mô phỏng</translation>
    </message>
</context>
<context>
    <name>TranscriptView</name>
    <message>
        <source>There is nothing to copy yet</source>
        <translation>Chưa có gì để sao chép</translation>
    </message>
    <message>
        <source>Copied 1 sign</source>
        <translation>Đã sao chép 1 ký hiệu</translation>
    </message>
    <message>
        <source>Copied %1 signs</source>
        <translation>Đã sao chép %1 ký hiệu</translation>
    </message>
    <message>
        <source>Newest below: %1</source>
        <translation>Mới nhất ở dưới: %1</translation>
    </message>
</context>
<context>
    <name>UnexpectedNotice</name>
    <message>
        <source>Something went wrong</source>
        <translation>Đã xảy ra lỗi</translation>
    </message>
    <message>
        <source>Something went wrong unexpectedly. If SignMirror misbehaves, start it again.</source>
        <translation>Đã xảy ra một lỗi bất ngờ. Nếu SignMirror hoạt động không đúng, hãy mở lại.</translation>
    </message>
    <message>
        <source>What happened is written in {}</source>
        <translation>Chi tiết được ghi trong {}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
</context>
<context>
    <name>VocabularySwitch</name>
    <message>
        <source>Loading the vocabulary, one moment…</source>
        <translation>Đang tải bộ từ vựng, xin chờ một chút…</translation>
    </message>
    <message>
        <source>This vocabulary cannot be used.</source>
        <translation>Không dùng được bộ từ vựng này.</translation>
    </message>
</context>
</TS>
